"""The field type `url`: the address of a page or document on the Web."""

from typing import Final

import polars as pl
import validators

from headrace.values.parsed import Parsed, Problem

_PLAIN: Final = (
    r"^https?://"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?\.){1,4}[a-z]{2,20}"
    r"(?:/[A-Za-z0-9._~%+/-]*)?"
    r"(?:\?[A-Za-z0-9_-]+=[A-Za-z0-9._~%/-]+(?:&[A-Za-z0-9_-]+=[A-Za-z0-9._~%/-]+)*)?$"
)


def parse(text: str) -> Parsed:
    """An address with its scheme and a host that has a dot; blanks and line ends are left out.

    Issues: `invalid URI`, with the text as value.
    """
    if not text:
        return Parsed(None)
    address = "".join(text.split())
    if _is_address(address):
        return Parsed(address)
    return Parsed(None, (Problem("invalid URI", text, "{field} must be a real URL"),))


def canonical(column: pl.Expr) -> pl.Expr:
    """Ordinary addresses: letters and digits, no port, no user, no fragment."""
    return column.str.contains(_PLAIN)


def _is_address(text: str) -> bool:
    if ":" not in text:  # no scheme; the check below says so too, but slowly
        return False
    try:
        return validators.url(text) is True
    except UnicodeError:
        return False
