"""Do forecasts come true? What would have been said on days in the past, beside what then happened.

    python benchmarks/forecast.py DATA

DATA holds `collection-log/brownfield-land-2018-2022.parquet` and `endpoints/endpoint-history.parquet`. Every series
says how much left a real queue on each day. By the first half of each the method was chosen (`--tune` prints it); what
is printed is the second half. On every seventh day it is asked in how many days as much will have left as did in 1, 2,
4 and 8 weeks of the first half. A forecast counts as right if it had happened by then. One that ends after the record
and had not happened when that ended cannot be judged and is left out.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from headrace.flow.forecast import FEWEST_DAYS, SHARES, forecast

FIRST = 120
"""Days of every series that are past when the first forecast is made."""

EVERY = 7
WEEKS = (1, 2, 4, 8)
ENOUGH_DAYS = 60
"""Days on which something left that a series must have."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How often forecasts came true.

    Attributes:
        forecasts: how many were made.
        right: for each of `SHARES`, the share of those that can be judged that came true.
    """

    forecasts: int
    right: tuple[float, ...]


def read_series(data: Path) -> dict[str, Sequence[int]]:
    """How much left on each day, by what it was; series in which something left on too few days are left out."""
    log = pl.read_parquet(data / "collection-log" / "brownfield-land-2018-2022.parquet")
    nights = (
        log.filter(pl.col("date") >= date(2019, 11, 1))
        .group_by("endpoint", "date")
        .agg(ok=pl.col("resource").is_not_null().any())
        .sort("endpoint", "date")
    )
    repaired = nights.filter(pl.col("ok") & ~pl.col("ok").shift(1).over("endpoint"))["date"]
    seen = log.filter(pl.col("resource").is_not_null()).group_by("resource").agg(pl.col("date").min())["date"]
    series = {
        "endpoint repaired": _count(repaired, date(2019, 11, 15)),
        "new resource": _count(seen, date(2020, 1, 1)),
    }
    history = pl.read_parquet(data / "endpoints" / "endpoint-history.parquet").with_columns(
        on=pl.col("committed").str.to_date()
    )
    kept_since = date(2024, 1, 1)
    for change in ("added", "retired"):
        series[f"endpoint {change}"] = _count(history.filter(change=change)["on"], kept_since)
    for collection in sorted(history["collection"].unique()):
        added = history.filter(change="added", collection=collection)["on"]
        series[f"endpoint added, {collection}"] = _count(added, kept_since)
    return {name: each for name, each in series.items() if sum(count > 0 for count in each) >= ENOUGH_DAYS}


def judge_queues(left: Sequence[int], chance: np.random.Generator, *, tuning: bool, every: int = EVERY) -> Judged:
    """Forecasts of one series in its first or second half."""
    total = np.cumsum(left)
    half = FIRST + (len(left) - FIRST) // 2
    pace = 7 * total[half - 1] / half
    right: list[tuple[float, ...]] = []
    for today in range(FIRST, half, every) if tuning else range(half, len(left) - FEWEST_DAYS, every):
        for needed in sorted({max(1, round(pace * weeks)) for weeks in WEEKS}):
            said = forecast(left[:today], needed, chance)
            assert said is not None
            happened = int(np.searchsorted(total, total[today - 1] + needed)) - today + 1
            seen = len(left) - today
            right.append(tuple(_came_true(days, happened, seen) for days in said.days))
    return Judged(len(right), tuple(np.nanmean(np.array(right), axis=0)))


def together(judged: Mapping[str, Judged]) -> Judged:
    """All forecasts as one, each counted once."""
    count = sum(each.forecasts for each in judged.values())
    right = [sum(each.forecasts * each.right[n] for each in judged.values()) / count for n in range(len(SHARES))]
    return Judged(count, tuple(right))


def _came_true(said: float | None, happened: float, seen: float) -> float:
    """1 or 0; not a number where nothing was said, or nothing can be said about it."""
    if said is None or (said > seen and happened > seen):
        return float("nan")
    return float(happened <= said)


def _count(dates: pl.Series, since: date) -> Sequence[int]:
    until = dates.max()
    assert isinstance(until, date)
    days = pl.DataFrame({"on": pl.date_range(since, until, "1d", eager=True)})
    counted = dates.rename("on").value_counts(name="left")
    return days.join(counted, on="on", how="left", maintain_order="left")["left"].fill_null(0).to_list()


def _lines(judged: Mapping[str, Judged]) -> Iterator[str]:
    yield f"{'':45}{'forecasts':>10}" + "".join(f"{f'said {share:.0%}':>12}" for share in SHARES)
    for name, each in judged.items():
        yield f"{name:45}{each.forecasts:>10,}" + "".join(f"{share:>12.1%}" for share in each.right)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--tune", action="store_true", help="the first half, by which the method was chosen")
    given = parser.parse_args()
    chance = np.random.default_rng(2026)
    found = {name: judge_queues(left, chance, tuning=given.tune) for name, left in read_series(given.data).items()}
    print("\n".join(_lines(found | {"all queues": together(found)})))
