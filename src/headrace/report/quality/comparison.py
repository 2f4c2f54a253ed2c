"""The numbers of a report on a night beside what they are now."""

from typing import Final

import polars as pl

from headrace.report.quality.number import KEY

COMPARISON: Final = ("dataset", "organisation", "measure", "then", "now", "change")
"""Columns of a comparison: each number of a dataset and an organisation on a night, now, and what lies between."""


def compare(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """`COMPARISON` of numbers of one report, the largest change first; a number that is none is 0.

    Args:
        then, now: `NUMBER_SCHEMA`; those of a dataset and an organisation are compared.
    """
    whose = pl.col("dataset").is_not_null() & pl.col("organisation").is_not_null()
    both = then.filter(whose).join(
        now.filter(whose), on=list(KEY), how="full", coalesce=True, nulls_equal=True, suffix="_now"
    )
    rows = both.select(
        "dataset",
        "organisation",
        "measure",
        then=pl.col("value").fill_null(0),
        now=pl.col("value_now").fill_null(0),
    ).with_columns(change=pl.col("now") - pl.col("then"))
    order = [pl.col("change").abs(), pl.col("dataset"), pl.col("organisation"), pl.col("measure")]
    return rows.select(COMPARISON).sort(order, descending=[True, False, False, False])
