"""The field type `decimal`: a number that is not negative, published with at most six decimals."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Final

import polars as pl

from headrace.values.parsed import Parsed, Problem

PRECISION: Final = Decimal("0.000001")
_CONTEXT: Final = Context(prec=28)


def parse(text: str) -> Parsed:
    """A number; thousands separators and pound signs are left out, as are decimals after the sixth.

    Issues: `invalid decimal`, also for what is not finite or has more than 22 digits before the point; `too small`
    below zero. The value of the issue is the text without separators and signs.
    """
    bare = text.replace(",", "").replace("£", "")
    if not text:
        return Parsed(None)
    number = read_decimal(bare)
    if number is None:
        return Parsed(None, (not_decimal(bare),))
    if Decimal(bare) < 0:
        return Parsed(None, (Problem("too small", bare, "{field} must be larger than 0.0"),))
    return Parsed(decimal_text(number))


def canonical(column: pl.Expr) -> pl.Expr:
    """Plain numbers without useless zeros."""
    return column.str.contains(r"^(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{0,5}[1-9])?$")


def read_decimal(text: str) -> Decimal | None:
    """The number at six decimals, rounded half to even; None where the text is no number that can be published."""
    try:
        number = Decimal(text).quantize(PRECISION, ROUND_HALF_EVEN, _CONTEXT)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def decimal_text(number: Decimal) -> str:
    """A number without exponent and without useless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def not_decimal(text: str) -> Problem:
    """What to say of a text that is no number."""
    return Problem("invalid decimal", text, "{field} must be a decimal number")
