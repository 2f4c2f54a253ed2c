"""Kaplan and Meier's percentiles of durations of which many have not ended are near the truth."""

import numpy as np
import polars as pl
import pytest

from headrace.flow.survival import percentiles

ITEMS = 20_000
DAY_S = 86400.0


def _lasting(kind: str, chance: np.random.Generator) -> tuple[np.ndarray, float]:
    """How long each item lasts, and the 85th percentile of what they are drawn from, in seconds."""
    if kind == "exponential":
        return chance.exponential(3 * DAY_S, ITEMS), -3 * DAY_S * float(np.log(0.15))
    if kind == "weibull":
        return 5 * DAY_S * chance.weibull(0.7, ITEMS), 5 * DAY_S * float((-np.log(0.15)) ** (1 / 0.7))
    return chance.lognormal(0, 1, ITEMS) * DAY_S, float(np.exp(1.0364333894937898)) * DAY_S


@pytest.mark.parametrize("kind", ["exponential", "weibull", "lognormal"])
@pytest.mark.parametrize("watched_days", [12, 25])
@pytest.mark.parametrize("seed", range(3))
def test_the_85th_percentile_is_within_5_percent_of_the_truth(kind: str, watched_days: int, seed: int) -> None:
    """Items arrive evenly and are watched until now: those of late are cut off, some were there before the period."""
    chance = np.random.default_rng(seed)
    lasts, truth = _lasting(kind, chance)
    period_s = watched_days * DAY_S
    arrived = chance.uniform(-2 * period_s, period_s, ITEMS)
    there = (arrived + lasts) > 0
    ended = arrived + lasts <= period_s
    durations = pl.DataFrame(
        {
            "stage": ["act"] * int(there.sum()),
            "entry_s": np.clip(-arrived, 0, None)[there],
            "exit_s": np.where(ended, lasts, period_s - arrived)[there],
            "ended": ended[there],
        }
    )
    assert 0.03 < 1 - durations["ended"].mean() < 0.6  # type: ignore[operator]
    found = percentiles(durations, {"p85": 0.85})["p85"][0]
    assert pytest.approx(truth, rel=0.05) == found
    closed = float(np.quantile(durations.filter("ended")["exit_s"].to_numpy(), 0.85))
    assert abs(found - truth) <= abs(closed - truth) + 0.03 * truth
