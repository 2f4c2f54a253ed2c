"""The days that a year, a month of it or a day of it stands for."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from headrace.web.parameter_fault import ParameterFault


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days, both ends included."""

    first: date
    last: date


def read_day_range(parameter: str, year: int | None, month: int | None, day: int | None) -> DayRange | ParameterFault:
    """The days that are meant: (2024,) → all of 2024; (2024, 2) → 1 to 29 February; (2024, 2, 1) → that day.

    `parameter` is the name before `_year`, `_month`, `_day`. A day of a month that it does not have, or a day without
    its month or year, is a fault.
    """
    if year is None:
        return ParameterFault(f"{parameter}_year", "is required when a month, a day or a way to match is given")
    if month is None:
        if day is not None:
            return ParameterFault(f"{parameter}_month", f"is required with {parameter}_day")
        return DayRange(date(year, 1, 1), date(year, 12, 31))
    days = monthrange(year, month)[1]
    if day is None:
        return DayRange(date(year, month, 1), date(year, month, days))
    if day > days:
        return ParameterFault(f"{parameter}_day", f"must be a day of that month, which has {days}", str(day))
    return DayRange(date(year, month, day), date(year, month, day))
