"""Work done once for each distinct text of a column."""

from collections.abc import Callable

import polars as pl


def distinct(column: pl.Series) -> pl.Series:
    """Each text of a column once, in order of appearance."""
    return column.drop_nulls().unique(maintain_order=True)


def map_distinct(column: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    """A column with each distinct text changed; texts that change into None become null."""
    texts = distinct(column)
    changed = pl.Series([change(text) for text in texts], dtype=pl.String)
    return column.replace_strict(texts, changed, default=None, return_dtype=pl.String) if len(texts) else column
