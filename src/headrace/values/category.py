"""Categories: values from a list, several parted by semicolons."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import polars as pl

from headrace.values.column import ParsedColumn, parse_texts
from headrace.values.parsed import Parsed, Problem

SEPARATOR: Final = ";"
NAMED: Final = 12
"""Up to so many values of a list, a message names them all."""


def normal_category(text: str) -> str:
    """A value as it is compared: lower case, hyphens for spaces."""
    return text.strip().lower().replace(" ", "-")


def parse(text: str, known: Mapping[str, str]) -> Parsed:
    """Each value as the list spells it; one that is not on the list is kept and is a problem.

    Args:
        text: values with semicolons between them; what is blank between two is left out.
        known: the list: each value as it is spelt, by its normal form.

    Problems: `invalid category value`, with the value, for each that is not on the list.

    >>> parse("Mixed ownership; council", {"mixed-ownership": "mixed-ownership"}).value
    'mixed-ownership;council'
    """
    values = [value for part in text.split(SEPARATOR) if (value := part.strip())]
    wrong = [value for value in values if normal_category(value) not in known]
    return Parsed(
        SEPARATOR.join(known.get(normal_category(value), value) for value in values) or None,
        tuple(Problem("invalid category value", value, _message(known)) for value in wrong),
    )


def parse_column(texts: pl.Series, known: Mapping[str, str]) -> ParsedColumn:
    """Read a column of texts, none of them null; see `parse`."""
    return parse_texts(texts, partial(parse, known=known), pl.col("text").is_in(sorted(known.values())))


def _message(known: Mapping[str, str]) -> str:
    if len(known) > NAMED:
        return "{field} must be one of the list of its values"
    return f"{{field}} must be one of: {', '.join(known.values())}"
