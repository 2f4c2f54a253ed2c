"""Durations as numbers of seconds, to the microsecond."""

from typing import Final

import polars as pl

DAY_S: Final = 86400.0
WEEK_S: Final = 7 * DAY_S


def seconds(duration: pl.Expr) -> pl.Expr:
    """Seconds (Float64) of a duration."""
    return duration.dt.total_microseconds() / 1e6


def elapsed(since: pl.Expr, until: pl.Expr) -> pl.Expr:
    """Seconds from one moment to another by the calendar: every hour counts."""
    return seconds(until - since)
