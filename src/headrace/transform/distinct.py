"""Work done once for each distinct text of a column."""

from collections.abc import Callable

import polars as pl


def replace_distinct(entries: pl.DataFrame, field: str, table: pl.DataFrame) -> pl.DataFrame:
    """Entries whose `field` is looked up in `table` (columns `field`, `#value` and any others) and replaced by `#value`.

    A text that the table does not have becomes null. The other columns of the table are joined on.
    """
    joined = entries.join(table, on=field, how="left", maintain_order="left")
    return joined.with_columns(pl.col("#value").alias(field)).drop("#value")


def distinct(column: pl.Series) -> pl.Series:
    """Each text of a column once, in order of appearance."""
    return column.drop_nulls().unique(maintain_order=True)


def map_distinct(column: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    """A column with each distinct text changed; texts that change into None become null."""
    texts = distinct(column)
    changed = pl.Series([change(text) for text in texts], dtype=pl.String)
    return column.replace_strict(texts, changed, default=None, return_dtype=pl.String) if len(texts) else column
