"""The days that a year, a month or a day stands for."""

from datetime import date

import pytest

from headrace.web.day_range import DayRange, read_day_range
from headrace.web.parameter_fault import ParameterFault


@pytest.mark.parametrize(
    ("parts", "first", "last"),
    [
        ((2024, None, None), date(2024, 1, 1), date(2024, 12, 31)),
        ((2024, 2, None), date(2024, 2, 1), date(2024, 2, 29)),
        ((2023, 2, None), date(2023, 2, 1), date(2023, 2, 28)),
        ((2024, 12, 31), date(2024, 12, 31), date(2024, 12, 31)),
    ],
)
def test_parts_of_a_date_stand_for_days(
    parts: tuple[int | None, int | None, int | None], first: date, last: date
) -> None:
    """What is left out may be anything."""
    assert DayRange(first, last) == read_day_range("start_date", *parts)


@pytest.mark.parametrize(
    ("parts", "parameter"),
    [
        ((None, 2, 1), "start_date_year"),
        ((2024, None, 1), "start_date_month"),
        ((2023, 2, 29), "start_date_day"),
    ],
)
def test_parts_that_contradict_are_a_fault(parts: tuple[int | None, int | None, int | None], parameter: str) -> None:
    """The fault names the parameter to change."""
    fault = read_day_range("start_date", *parts)

    assert isinstance(fault, ParameterFault)
    assert parameter == fault.parameter
