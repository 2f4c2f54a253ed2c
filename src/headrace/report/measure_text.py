"""How measures are worded: durations, rates, shares and counts."""

from typing import Final

from headrace.model.goal import Unit

MINUTE_S: Final = 60
HOUR_S: Final = 3600
DAY_S: Final = 86400
YEAR_S: Final = 365.25 * DAY_S

UNKNOWN: Final = "–"
"""Stands where nothing was measured."""


def format_duration(seconds: float | None) -> str:
    """A duration in the one unit that people would use: 5400 → `90 min`; a dash for None."""
    if seconds is None:
        return UNKNOWN
    if seconds < 10:
        return f"{seconds * 1000:.0f} ms" if 0 < seconds < 1 else f"{seconds:.1f} s"
    for unit_s, limit_s, unit in ((1, 2 * MINUTE_S, "s"), (MINUTE_S, 2 * HOUR_S, "min"), (HOUR_S, 2 * DAY_S, "h")):
        if seconds < limit_s:
            return f"{seconds / unit_s:.0f} {unit}"
    if seconds < 2 * YEAR_S:
        return f"{seconds / DAY_S:.0f} d"
    return f"{seconds / YEAR_S:.1f} y"


def format_measure(value: float | None, unit: Unit) -> str:
    """The value of a measure with its unit: (0.925, share) → `92.5%`, (2.5, per week) → `2.5 per week`."""
    if value is None:
        return UNKNOWN
    if unit is Unit.SECONDS:
        return format_duration(value)
    if unit is Unit.SHARE:
        return f"{_short(value * 100)}%"
    return f"{_short(value)} per week" if unit is Unit.PER_WEEK else _short(value)


def _short(number: float) -> str:
    """A number with no more decimals than say something."""
    if number == round(number) or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.2f}".rstrip("0").rstrip(".") if abs(number) < 1 else f"{number:.1f}".removesuffix(".0")
