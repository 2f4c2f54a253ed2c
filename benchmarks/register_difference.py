"""How a value of the register of November 2020 and the value of the same cell today may differ, told by rules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

EQUAL: Final = "equal"
OTHER: Final = "other"

NEAR_DEGREES: Final = 1e-4
"""Some 10 m: a conversion from the National Grid without its grid of shifts is 1 to 5 m off."""

COARSE_DEGREES: Final = 0.05
"""Some 5 km: places given in two ways, one of them rounded."""

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


def _begins_with(then: str, now: str) -> bool:
    return bool(now) and _letters(then).startswith(_letters(now))


def _beyond_ascii(then: str, now: str) -> bool:
    return _both(then, now) and not (then + now).isascii()


_CATEGORY: Final[dict[str, Rule]] = {
    "values of a list, unchecked in this run, were written in one way": _same_letters,
    "values outside the list were left out, are kept or patched now": _only_now,
    "another word of the list: patches have changed": _both,
}
_PLACE: Final[dict[str, Rule]] = {
    "National Grid converted without its grid of shifts": _within(NEAR_DEGREES),
    "Easting and Northing held, GeoX and GeoY hold now": _within(COARSE_DEGREES),
    "eastings and northings exchanged by the publisher, put right now": _both,
    "Easting and Northing held where GeoX and GeoY are blank or not in England": _only_then,
    "read only now": _only_now,
}
_DWELLINGS: Final[dict[str, Rule]] = {
    "MinNetDwellings stood in for a blank range": _only_then,
    "MinNetDwellings held, the range holds now": _both,
}
_TEXT: Final[dict[str, Rule]] = {"spaces, commas, hyphens, quotes and line breaks": _same_letters}

RULES: Final[dict[str, dict[str, Rule]]] = {
    "reference": _TEXT,
    "entry-date": {
        "the day of the resource stood in for a blank": _only_then,
        "the day of the resource stood in for a form of date read only now": _both,
    },
    "start-date": {
        "a form of date read only now": _only_now,
        "a day more than fifty years ahead is left out now": _only_then,
        "another of two columns": _both,
    },
    "end-date": {},
    "site-address": _TEXT | {"joined with the name of the site": _begins_with},
    "site-plan-url": {},
    "deliverable": {"words patched to yes since": _only_now},
    "ownership-status": _CATEGORY,
    "planning-permission-status": _CATEGORY,
    "planning-permission-type": _CATEGORY,
    "hazardous-substances": {},
    "latitude": _PLACE,
    "longitude": _PLACE,
    "hectares": {
        "rounded to three decimals": _within(0.0005001),
        "nought was left out, is kept now": _only_now,
        "another of two columns": _both,
    },
    "minimum-net-dwellings": _DWELLINGS,
    "maximum-net-dwellings": _DWELLINGS,
    "notes": _TEXT | {"another encoding": _beyond_ascii, "columns joined in another way": _both},
}
"""By field, the classes of difference with their rules, in the order in which they are tried."""

NOT_READ: Final = "nothing is read from the column: its name is not in today's configuration, or nothing in it is valid"
"""Of fields that have no value in any entry of the resource."""


def classify_cell(field: str, cell: Cell) -> str:
    """`EQUAL`, `NOT_READ`, the first class whose rule holds, or `OTHER`."""
    if cell.then == cell.now:
        return EQUAL
    if cell.then and not cell.now and not cell.column_read and RULES[field] is not _DWELLINGS:
        return NOT_READ
    return next((name for name, holds in RULES[field].items() if holds(cell.then, cell.now)), OTHER)
