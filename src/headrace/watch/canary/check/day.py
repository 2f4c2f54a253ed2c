"""Dates that have moved together."""

from typing import Final

import polars as pl

from headrace.watch.canary.pair import Pair

_DATED: Final = "entry-date"
_FEWEST_DAYS: Final = 3
"""How many different days of `entry-date` must have moved as far: a publisher who dates every row anew moves one."""


def find_shifted(pair: Pair) -> pl.DataFrame:
    """Dates that moved by the same number of days as most others of the organisation's in that field."""
    days = pair.changes.filter(pl.col("field").str.ends_with("-date")).with_columns(
        (pl.col("after").str.to_date("%Y-%m-%d", strict=False) - pl.col("before").str.to_date("%Y-%m-%d", strict=False))
        .dt.total_days()
        .alias("days")
    )
    by = ["organisation", "field", "days"]
    together = days.drop_nulls("days").group_by(by).agg(times=pl.len(), different=pl.col("before").n_unique())
    most = together.sort("times", "days").unique(["organisation", "field"], keep="last")
    is_strange = (pl.col("field") != _DATED) | (pl.col("days") < 0) | (pl.col("different") >= _FEWEST_DAYS)
    return days.join(most.filter(is_strange).select(by), on=by, how="semi").drop("days")
