"""Numbers that have been multiplied together."""

from typing import Final

import polars as pl

from headrace.watch.canary.pair import Pair

_FEWEST_NUMBERS: Final = 3
"""How many different numbers must have become as many times larger."""


def find_scaled(pair: Pair) -> pl.DataFrame:
    """Numbers that became as many times larger or smaller as most others of the organisation's in that field."""
    before, after = (pl.col(name).cast(pl.Float64, strict=False) for name in ("before", "after"))
    scaled = pair.changes.filter((before != 0) & (before != after)).with_columns(times=(after / before).round(4))
    by = ["organisation", "field", "times"]
    together = scaled.drop_nulls("times").group_by(by).agg(rows=pl.len(), different=pl.col("before").n_unique())
    most = together.sort("rows", "times").unique(["organisation", "field"], keep="last")
    moved = most.filter(pl.col("different") >= _FEWEST_NUMBERS)
    return scaled.join(moved.select(by), on=by, how="semi").drop("times")
