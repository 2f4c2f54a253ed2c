"""The classes of difference between the results of Headrace and those of the existing platform, each told by a rule.

A difference that no rule tells is `UNEXPLAINED`, and somebody's work. `docs/compatibility.md` says why each class is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.lib import GEOSException

UNEXPLAINED: Final = "unexplained"

NEAR_DEGREES: Final = 3e-6
"""Shapes nearer to each other than this, some 30 cm, differ by the last decimal or by a sliver."""

WORKBOOK: Final = "application/vnd.ms-excel"


@dataclass(frozen=True, slots=True)
class Difference:
    """All that the two say differently about one field of one entry.

    Attributes:
        field: of the facts or issues.
        theirs, ours: values of facts and issues that only they have, that only we have.
        issue_types: of the issues among them.
        read_there, read_here: whether each could read the resource at all.
        mime_type: of the resource, as found here, with `;charset=` where it is text.
        delimiter: of its cells, as found here.
    """

    field: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    issue_types: frozenset[str]
    read_there: bool
    read_here: bool
    mime_type: str
    delimiter: str


def _other_encoding(one: Difference) -> bool:
    foreign = ";charset=" in one.mime_type and not one.mime_type.endswith(("utf_8", "utf_8_sig", "ascii"))
    return foreign and not all(value.isascii() for value in one.theirs + one.ours)


def _retyped(one: Difference) -> bool:
    """A date got a time of day, or a number another form: the same value to a reader."""
    if not one.mime_type.startswith(WORKBOOK) or len(one.theirs) != len(one.ours):
        return False
    return all(_plain(theirs) == _plain(ours) for theirs, ours in zip(one.theirs, one.ours, strict=True))


def _plain(value: str) -> str:
    value = value.removesuffix(" 00:00:00")
    try:
        return str(float(value))
    except ValueError:
        return value


def _nearly_the_same(one: Difference) -> bool:
    if len(one.theirs) != 1 or len(one.ours) != 1:
        return False
    try:
        theirs, ours = (shapely.from_wkt(value) for value in one.theirs + one.ours)
    except GEOSException:
        return False
    return bool(shapely.hausdorff_distance(theirs, ours) <= NEAR_DEGREES)


CLASSES: Final[dict[str, Callable[[Difference], bool]]] = {
    "read here only": lambda one: one.read_here and not one.read_there,
    "not data": lambda one: one.read_there and not one.read_here,
    "delimiter": lambda one: one.delimiter not in ("", "comma"),
    "line break escapes": lambda one: any("_x000D_" in value for value in one.theirs),
    "encoding": _other_encoding,
    "workbook cells": _retyped,
    "last decimal": _nearly_the_same,
    "place of a fault": lambda one: one.issue_types == {"invalid geometry - fixed"},
}
"""Each class with the rule that tells it, in the order in which they are tried."""


def classify(one: Difference) -> str:
    """The first class whose rule holds."""
    return next((name for name, holds in CLASSES.items() if holds(one)), UNEXPLAINED)
