"""The field types `latitude` and `longitude`: one coordinate of a place, published with at most six decimals.

It may be in degrees or in metres; what it means is decided when the pair is read (`coordinate_pair`).
"""

import polars as pl

from headrace.values.decimal import decimal_text, not_decimal, read_decimal
from headrace.values.parsed import Parsed


def parse(text: str) -> Parsed:
    """A number of either sign; commas are left out, as are decimals after the sixth.

    Issues: `invalid decimal`, with the text without commas as value.
    """
    if not text:
        return Parsed(None)
    bare = text.replace(",", "")
    number = read_decimal(bare)
    return Parsed(None, (not_decimal(bare),)) if number is None else Parsed(decimal_text(number))


def canonical(column: pl.Expr) -> pl.Expr:
    """Plain numbers without useless zeros or the sign of zero."""
    return column.str.contains(r"^(?:0|-?(?:[1-9][0-9]{0,15}(?:\.[0-9]{0,5}[1-9])?|0\.[0-9]{0,5}[1-9]))$")
