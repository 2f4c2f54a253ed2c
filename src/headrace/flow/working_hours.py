"""Durations in working hours: what of the time between two moments somebody could have worked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from headrace.flow.duration import seconds

HOUR_S: Final = 3600.0
ORIGIN: Final = date(1970, 1, 5)
"""A Monday before every record."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When people work: Monday to Friday, the same hours every day, except on holidays.

    Attributes:
        opens, closes: hours of the day, local time, 0 to 24.
        zone: the name of the time zone whose clock is meant.
        holidays: days on which nobody works; none unless they are given, because they are decided year by year.
    """

    opens: float = 9.0
    closes: float = 17.0
    zone: str = "Europe/London"
    holidays: Sequence[date] = ()

    def elapsed(self, since: pl.Expr, until: pl.Expr) -> pl.Expr:
        """Seconds from one moment to another of which somebody worked; negative where `until` is the earlier."""
        return self._before(until) - self._before(since)

    def _before(self, moment: pl.Expr) -> pl.Expr:
        """Working seconds from the origin to a moment: whole days before it, and what has passed of its own."""
        local = moment.dt.convert_time_zone(self.zone).dt.replace_time_zone(None)
        day = local.dt.date()
        length_s = (self.closes - self.opens) * HOUR_S
        of_the_day = (seconds(local - local.dt.truncate("1d")) - self.opens * HOUR_S).clip(0.0, length_s)
        days = pl.business_day_count(pl.lit(ORIGIN), day, holidays=self.holidays)
        works = (day.dt.weekday() <= 5) & ~day.is_in(list(self.holidays))
        return days * length_s + pl.when(works).then(of_the_day).otherwise(0.0)
