"""Durations as numbers of seconds, to the microsecond."""

from typing import Final

import polars as pl

DAY_S: Final = 86400.0


def seconds(duration: pl.Expr) -> pl.Expr:
    """Seconds (Float64) of a duration."""
    return duration.dt.total_microseconds() / 1e6
