"""Issues and refusals, said of entries."""

import polars as pl

from headrace.model.issue import ISSUE_SCHEMA, REFUSED_SCHEMA, empty_issues, empty_refused

TEXT = pl.lit(None, pl.String)
"""No text."""


def issues_at(
    entries: pl.DataFrame,
    field: str,
    type: str | pl.Expr,  # noqa: A002 - the word of the schema
    value: pl.Expr = TEXT,
    message: str | pl.Expr | None = None,
) -> pl.DataFrame:
    """One issue for each of some entries, in `ISSUE_SCHEMA`; expressions are evaluated on those entries."""
    if entries.is_empty():
        return empty_issues()
    return entries.select(
        line="line",
        entry="entry",
        field=pl.lit(field, pl.String),
        type=pl.lit(type, pl.String) if isinstance(type, str) else type,
        value=value.cast(pl.String),
        message=message if isinstance(message, pl.Expr) else pl.lit(message, pl.String),
    ).cast(ISSUE_SCHEMA)


def refuse(entries: pl.DataFrame, phase: str, reason: str | pl.Expr, value: pl.Expr = TEXT) -> pl.DataFrame:
    """One refusal for each of some records, in `REFUSED_SCHEMA`."""
    if entries.is_empty():
        return empty_refused()
    return entries.select(
        line="line",
        entry="entry" if "entry" in entries.columns else pl.lit(None, pl.UInt32),
        phase=pl.lit(phase, pl.String),
        reason=pl.lit(reason, pl.String) if isinstance(reason, str) else reason,
        value=value.cast(pl.String),
    ).cast(REFUSED_SCHEMA)


def fields_of(entries: pl.DataFrame) -> list[str]:
    """The names of the columns that hold text."""
    return [name for name in entries.columns if name not in ("line", "entry")]
