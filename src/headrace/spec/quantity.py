"""Quantities as people write them in configuration: `84 h`, `2 weeks`, `80%`, `12`."""

import re
from typing import Final

DAY_S: Final = 86400.0

UNITS: Final = {
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "d": DAY_S,
    "day": DAY_S,
    "days": DAY_S,
    "week": 7 * DAY_S,
    "weeks": 7 * DAY_S,
    "year": 365.25 * DAY_S,
    "years": 365.25 * DAY_S,
    "%": 0.01,
    "": 1.0,
}
"""A unit → what one of it is: seconds, a share of one, or a plain number."""

_QUANTITY: Final = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([a-z]*|%)")


def parse_quantity(text: str) -> float | None:
    """A number with its unit, in seconds, as a share, or as it is; None where the text is no quantity.

    >>> parse_quantity("84 h")
    302400.0
    >>> parse_quantity("80%")
    0.8
    """
    found = _QUANTITY.fullmatch(text.strip())
    if found is None or found[2] not in UNITS:
        return None
    return float(found[1]) * UNITS[found[2]]
