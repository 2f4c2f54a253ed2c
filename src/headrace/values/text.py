"""The field types `string` and `text`: words on one line."""

from typing import Final

import polars as pl

from headrace.values.parsed import Parsed

QUOTES: Final = '"”'
"""Marks that are left out: quotation marks around whole values come from careless export, rarely from the author."""

SPACES_TO_SETTLE: Final = r"^ | $|  |[\x1c-\x1f]|[\s&&[^ ]]"
"""A regular expression for blanks that `parse` would change; the controls are blanks to Python and not to Rust."""


def parse(text: str) -> Parsed:
    """The words with single spaces between them, without `QUOTES`."""
    return Parsed(settle(text) or None)


def canonical(column: pl.Expr) -> pl.Expr:
    """Texts without quotes and without blanks other than single spaces."""
    return ~column.str.contains(rf"^$|[{QUOTES}]|{SPACES_TO_SETTLE}")


def settle(text: str) -> str:
    """A text with its blanks made single spaces, then `QUOTES` left out, which may leave blanks again."""
    words = " ".join(text.split())
    return words.replace(QUOTES[0], "").replace(QUOTES[1], "")
