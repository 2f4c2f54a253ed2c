"""Forecasts: in how many days will so many more have left, drawn from how many left on past days.

The past is drawn by chance again and again (Monte Carlo): each trial first draws how much of the past is like the
future, from four weeks to half a year, because nobody knows, then a day out of it for every day to come. Whoever
forecasts so is still too sure where the pace changes, so the forecast is measured against itself: it is made as it
would have been made on days in the past, and the share that is told is the one that would have been right as often as
it should.
`benchmarks/forecast.py` says how often that comes true on the real history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

SHARES: Final = (0.5, 0.85, 0.95)
"""How sure a forecast is."""

SURE: Final = tuple(f"{share:.0%}" for share in SHARES)
"""The same in words."""

WINDOWS: Final = (28, 56, 91, 182)
"""Days of the past of which each trial draws one length: 4, 8, 13 and 26 weeks."""

TRIALS: Final = 300
HORIZON: Final = 540
"""Days ahead beyond which nothing is said."""

FEWEST_DAYS: Final = 28
"""Days of past that a forecast needs."""

REHEARSALS: Final = 26
REHEARSED_EVERY: Final = 28
"""How many forecasts are made as of the past, and how many days lie between them."""

DOUBT: Final = 5
"""Rehearsals that are taken to have come out evenly before the first did: without history a forecast is as drawn."""

Days: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Forecast:
    """When something will have happened.

    Attributes:
        days: for each of `SHARES`, the day from now, 1 the first, by whose end it will have happened with that chance;
            None where that is more than `HORIZON` away or nothing has left in all the past that is known.
        rehearsals: how many forecasts as of the past it was measured against.
    """

    days: tuple[float | None, ...]
    rehearsals: int

    def moments(self, now: datetime) -> tuple[datetime | None, ...]:
        """The ends of those days, counted from `now`."""
        return tuple(None if days is None else now + timedelta(days=days) for days in self.days)


def forecast(departed: Sequence[int], needed: int, chance: np.random.Generator) -> Forecast | None:
    """In how many days `needed` more will have left; None where less than four weeks of past are known.

    Args:
        departed: how many left on each past day, the latest last.
        needed: how many have to leave: all that are there now, or those before an item and itself.
        chance: where the draws come from.
    """
    past = np.asarray(departed, dtype=np.int32)
    if len(past) < FEWEST_DAYS:
        return None
    if needed <= 0:
        return Forecast((0.0,) * len(SHARES), 0)
    drawn = _draw(past, needed, HORIZON, chance)
    ranks = _rehearse(past, needed, chance)
    measured = np.sort(np.concatenate([ranks, (np.arange(DOUBT) + 0.5) / DOUBT]))
    return Forecast(tuple(_at(drawn, _at(measured, share) or 0.0) for share in SHARES), len(ranks))


def _draw(past: Days, needed: int, horizon: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """The day on which the last of those needed leaves, for every trial, in order; infinite beyond the horizon."""
    windows = np.minimum(np.array(WINDOWS), len(past))
    window = chance.choice(windows, size=TRIALS)[:, None]
    day = len(past) - window + (chance.random((TRIALS, horizon), dtype=np.float32) * window).astype(np.int32)
    left = past[np.minimum(day, len(past) - 1)].cumsum(axis=1)
    enough = left >= needed
    return np.sort(np.where(enough.any(axis=1), enough.argmax(axis=1) + 1.0, np.inf))


def _rehearse(past: Days, needed: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Where among the draws of each past forecast lay what then happened: 0.85 where 85 in 100 were not later.

    Only forecasts count that have been put to the proof: of which 95 in 100 draws are over.
    """
    total = past.cumsum()
    ranks: list[float] = []
    for today in range(len(past) - REHEARSED_EVERY, FEWEST_DAYS - 1, -REHEARSED_EVERY):
        if len(ranks) == REHEARSALS:
            break
        elapsed = len(past) - today
        drawn = _draw(past[:today], needed, min(elapsed, HORIZON), chance)
        if not np.isfinite(drawn[int(0.95 * TRIALS)]):
            continue
        happened = int(np.searchsorted(total, total[today - 1] + needed)) - today + 1
        sooner, same = np.sum(drawn < happened), np.sum(drawn == happened)
        ranks.append(float((sooner + chance.random() * same + 0.5) / (TRIALS + 1)))
    return np.array(ranks, dtype=np.float64)


def _at(ordered: NDArray[np.float64], share: float) -> float | None:
    """The smallest value that at least this share of all do not exceed; None where that is infinite."""
    value = float(ordered[max(int(np.ceil(share * len(ordered))), 1) - 1])
    return value if np.isfinite(value) else None
