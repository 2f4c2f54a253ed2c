"""A problem in data, with its address."""

from typing import Final

import polars as pl

ISSUE_SCHEMA: Final = pl.Schema(
    {
        "line": pl.UInt32,
        "entry": pl.UInt32,
        "field": pl.String,
        "type": pl.String,
        "value": pl.String,
        "message": pl.String,
    }
)
"""Issues of one resource. `line` is the record number in the resource (the header of a plain CSV is 1), `entry` the
number of the entry (the first is 1), `type` a row of the specification's issue types, `value` what was found."""

REFUSED_SCHEMA: Final = pl.Schema(
    {
        "line": pl.UInt32,
        "entry": pl.UInt32,
        "phase": pl.String,
        "reason": pl.String,
        "value": pl.String,
    }
)
"""Records of one resource that did not become facts: which phase refused them, why, and what shows it. `entry` is
null when the record was refused before entries are numbered."""

CLAIM_SCHEMA: Final = pl.Schema({"column": pl.String, "field": pl.String})
"""Which column of the resource was read as which field; a null `field` is a column that nothing claimed."""

UNKNOWN_SCHEMA: Final = pl.Schema(
    {
        "line": pl.UInt32,
        "entry": pl.UInt32,
        "prefix": pl.String,
        "organisation": pl.String,
        "reference": pl.String,
        "likeness": pl.String,
    }
)
"""Entries of one resource that were refused because no entity has their reference yet, and may be given one. `likeness`
is what `hash_likeness` makes of the entry; null where it says too little to be compared."""


_NO_ISSUES: Final = pl.DataFrame(schema=ISSUE_SCHEMA)
_NOTHING_REFUSED: Final = pl.DataFrame(schema=REFUSED_SCHEMA)


def empty_issues() -> pl.DataFrame:
    """No issues."""
    return _NO_ISSUES


def empty_refused() -> pl.DataFrame:
    """No refused records."""
    return _NOTHING_REFUSED
