"""Entities and references that are there more than once."""

import polars as pl

from headrace.watch.canary.pair import Pair, tell_rows


def find_repeated_entities(pair: Pair) -> pl.DataFrame:
    """Rows of entities that are there more than once and were not."""
    return _find_repeated(pair, ["entity"], "entity")


def find_repeated_references(pair: Pair) -> pl.DataFrame:
    """Rows of references that an organisation uses for more than one entity and did not."""
    return _find_repeated(pair, ["organisation", "reference"], "reference")


def _find_repeated(pair: Pair, by: list[str], field: str) -> pl.DataFrame:
    often, was_often = (
        frame.filter(pl.col(field).is_not_null()).group_by(by).agg(times=pl.len()).filter(pl.col("times") > 1)
        for frame in (pair.after, pair.before)
    )
    new = often.join(was_often, on=by, how="anti")
    return tell_rows(pair.after.join(new, on=by), field, pl.lit("once"), pl.format("{} times", "times"))
