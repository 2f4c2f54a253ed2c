"""The field type `flag`: `yes`, `no`, or nothing."""

import polars as pl

from headrace.values.parsed import Parsed, Problem


def parse(text: str) -> Parsed:
    """Yes or no, in any case, or its first letter. `true`, `false`, `1` and `0` are not understood.

    Issues: `invalid flag`, with the text in lower case as value.
    """
    answer = text.strip().lower()
    answer = {"y": "yes", "n": "no"}.get(answer, answer)
    if answer in {"yes", "no", ""}:
        return Parsed(answer or None)
    return Parsed(None, (Problem("invalid flag", answer, "{field} must be yes or no"),))


def canonical(column: pl.Expr) -> pl.Expr:
    """The two words."""
    return column.is_in(["yes", "no"])
