"""Work done once for each distinct text of a column."""

from collections.abc import Callable

import polars as pl

FEW = 1_000
"""Up to so many texts, handing them to the data frame engine costs more than it saves."""


def distinct(column: pl.Series) -> pl.Series:
    """Each text of a column once, in order of appearance."""
    if len(column) > FEW:
        return column.drop_nulls().unique(maintain_order=True)
    texts = dict.fromkeys(column.to_list())
    texts.pop(None, None)
    return pl.Series(list(texts), dtype=pl.String)


def map_distinct(column: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    """A column with each distinct text changed; texts that change into None become null."""
    texts = distinct(column)
    changed = pl.Series([change(text) for text in texts], dtype=pl.String)
    return column.replace_strict(texts, changed, default=None, return_dtype=pl.String) if len(texts) else column
