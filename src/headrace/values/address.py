"""The field type `address`: the lines of a postal address on one line."""

import re
from typing import Final

import polars as pl

from headrace.values.parsed import Parsed
from headrace.values.text import QUOTES, SPACES_TO_SETTLE, settle

_COMMAS: Final = re.compile(r"\s*(?:,\s*)+")
_HYPHENS: Final = re.compile(r"\s*(?:-\s*)+")


def parse(text: str) -> Parsed:
    """The parts of an address with `, ` between them.

    Lines and semicolons separate parts; empty parts are left out, and so are blanks around hyphens and `QUOTES`.
    """
    parts = _COMMAS.sub(", ", text.replace("\n", ", ").replace(";", ",")).strip(", ")
    return Parsed(settle(_HYPHENS.sub("-", parts)) or None)


def canonical(column: pl.Expr) -> pl.Expr:
    """Addresses whose commas, hyphens and blanks are as they are published."""
    unsettled = rf"^$|[;{QUOTES}]|^,|,$|,[^ ]| ,|- | -|--|{SPACES_TO_SETTLE}"
    return ~column.str.contains(unsettled)
