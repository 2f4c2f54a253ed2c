"""How a value of the register of November 2020 and the value of the same cell today may differ, told by rules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

EQUAL: Final = "equal"
OTHER: Final = "other"

NEAR_DEGREES: Final = 1e-4
"""Some 10 m: a conversion from the National Grid without its grid of shifts is 1 to 5 m off."""

Rule = Callable[[str, str], bool]
"""Of the value then and the value now; "" is no value."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one site.

    Attributes:
        then, now: the values; "" where there is none.
        column_read: whether the field has a value in any entry of the resource today.
    """

    then: str
    now: str
    column_read: bool


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _within(tolerance: float) -> Rule:
    def near(then: str, now: str) -> bool:
        first, second = _number(then), _number(now)
        return first is not None and second is not None and abs(first - second) <= tolerance

    return near


def _letters(value: str) -> str:
    return "".join(character for character in value.lower() if character.isalnum())


def _only_then(then: str, now: str) -> bool:
    return bool(then) and not now


def _only_now(then: str, now: str) -> bool:
    return bool(now) and not then


def _both(then: str, now: str) -> bool:
    return bool(now) and bool(then)


def _same_letters(then: str, now: str) -> bool:
    return _both(then, now) and _letters(then) == _letters(now)


_DATE: Final[dict[str, Rule]] = {
    "forms of dates accepted since": _only_now,
    "blank filled with the day of the resource": _only_then,
    "forms of dates accepted since, then the day of the resource": _both,
}
_CATEGORY: Final[dict[str, Rule]] = {
    "case: category values, unchecked in this run, were written in one way": _same_letters,
    "values outside the list were left out, are kept now": _only_now,
    "patches written since": _both,
}
_PLACE: Final[dict[str, Rule]] = {
    "National Grid converted without its grid of shifts": _within(NEAR_DEGREES),
    "a place out of England, or half a place, is left out now": _only_then,
    "eastings and northings told apart since": _only_now,
}
_DWELLINGS: Final[dict[str, Rule]] = {
    "MinNetDwellings stood in for the range": _only_then,
    "MinNetDwellings stood before the range": _both,
}
_TEXT: Final[dict[str, Rule]] = {"spaces, commas, hyphens, quotes and line breaks": _same_letters}

RULES: Final[dict[str, dict[str, Rule]]] = {
    "reference": _TEXT,
    "entry-date": _DATE,
    "start-date": _DATE | {"days far ahead are left out now": _only_then},
    "end-date": _DATE,
    "site-address": _TEXT,
    "site-plan-url": {"addresses that are none are left out now": _only_then},
    "deliverable": {"patches written since": _only_now},
    "ownership-status": _CATEGORY,
    "planning-permission-status": _CATEGORY,
    "planning-permission-type": _CATEGORY,
    "hazardous-substances": {"patches written since": _only_now},
    "latitude": _PLACE,
    "longitude": _PLACE,
    "hectares": {
        "rounded to three decimals": _within(0.0005001),
        "nought was left out, is kept now": _only_now,
    },
    "minimum-net-dwellings": _DWELLINGS,
    "maximum-net-dwellings": _DWELLINGS,
    "notes": _TEXT | {"columns joined in another way": _both},
}
"""By field, the classes of difference with their rules, in the order in which they are tried."""


def classify_cell(field: str, cell: Cell) -> str:
    """`EQUAL`, the first class whose rule holds, or `OTHER`."""
    if cell.then == cell.now:
        return EQUAL
    if cell.then and not cell.now and not cell.column_read:
        return "the column's name is not in today's configuration"
    return next((name for name, holds in RULES[field].items() if holds(cell.then, cell.now)), OTHER)
