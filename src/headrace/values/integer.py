"""The field type `integer`: a whole number that is not negative."""

import re
from typing import Final

import polars as pl

from headrace.values.parsed import Parsed, Problem

_NO_DECIMALS: Final = re.compile(r"\.0+$")


def parse(text: str) -> Parsed:
    """A whole number; a point with nothing but zeros after it is left out. A thousands separator is not understood.

    Issues: `invalid integer`; `too small` below zero. The value of the issue is the text without `.0`.
    """
    bare = _NO_DECIMALS.sub("", text, count=1)
    if not text:
        return Parsed(None)
    try:
        number = int(bare)
    except ValueError:
        return Parsed(None, (Problem("invalid integer", bare, "{field} must be a number"),))
    if number < 0:
        return Parsed(None, (Problem("too small", bare, "{field} must be larger than 0"),))
    return Parsed(str(number))


def canonical(column: pl.Expr) -> pl.Expr:
    """Plain digits without leading zeros."""
    return column.str.contains(r"^(?:0|[1-9][0-9]{0,30})$")
