"""The numbers that are kept of a report: every measure, for all rows, by dataset, by organisation, and by both."""

from typing import Final

import polars as pl

from headrace.report.quality.standing_report import StandingReport

KEY: Final = ("report", "measure", "dataset", "organisation")

NUMBER_SCHEMA: Final = pl.Schema(dict.fromkeys(KEY, pl.String) | {"value": pl.Float64})
"""One number. `dataset` and `organisation` are null where it is of all of them: such a number is counted over all rows,
and is no sum, so that one endpoint of several datasets is one. Numbers that are 0 are left out."""

_WHOSE: Final = ("dataset", "organisation")


def count_numbers(report: StandingReport, rows: pl.DataFrame) -> pl.DataFrame:
    """`NUMBER_SCHEMA` of the rows of a report; a row about several datasets or organisations counts for each."""
    if rows.is_empty():
        return pl.DataFrame(schema=NUMBER_SCHEMA)
    counts = [each.count.cast(pl.Float64).alias(each.name) for each in report.measures]
    levels = (["dataset"], ["organisation"], list(_WHOSE))
    counted = [
        rows.lazy().select(counts),
        *(_single(rows, level).lazy().group_by(level).agg(counts) for level in levels),
    ]
    found = pl.concat(pl.collect_all(counted), how="diagonal")
    absent = [pl.lit(None, pl.String).alias(column) for column in _WHOSE if column not in found.columns]
    return (
        found.with_columns(*absent, pl.lit(report.name).alias("report"))
        .unpivot([each.name for each in report.measures], index=["report", *_WHOSE], variable_name="measure")
        .filter(pl.col("value") != 0)
        .select(NUMBER_SCHEMA.names())
        .cast(NUMBER_SCHEMA)
    )


def _single(rows: pl.DataFrame, level: list[str]) -> pl.DataFrame:
    """The rows with one dataset, or one organisation, in each."""
    for column in level:
        if rows[column].str.contains(";", literal=True).any():
            rows = rows.with_columns(pl.col(column).str.split(";")).explode(column)
    return rows
