"""The field type `curie`, and every other of which the text is published as it stands: `prefix:reference`.

Source: W3C, "CURIE Syntax 1.0". Whether the reference exists is for a later phase to say.
"""

import polars as pl

from headrace.values.parsed import Parsed


def parse(text: str) -> Parsed:
    """The text as it is."""
    return Parsed(text or None)


def canonical(column: pl.Expr) -> pl.Expr:
    """Every text but the empty one."""
    return column != ""
