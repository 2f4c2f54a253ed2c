from datetime import UTC, date, datetime

import polars as pl
import pytest

from headrace.flow.working_hours import WorkingHours

CASES = [
    ("an hour in the morning", (2026, 11, 2, 10, 0), (2026, 11, 2, 11, 0), 1),
    ("a night", (2026, 11, 2, 17, 0), (2026, 11, 3, 9, 0), 0),
    ("over a night", (2026, 11, 2, 16, 0), (2026, 11, 3, 10, 0), 2),
    ("a weekend", (2026, 11, 6, 17, 30), (2026, 11, 9, 8, 0), 0),
    ("a week", (2026, 11, 2, 12, 0), (2026, 11, 9, 12, 0), 40),
    ("in summer the clock is an hour ahead of UTC", (2026, 7, 1, 7, 0), (2026, 7, 1, 9, 0), 1),
    ("over the night in which the clock goes back", (2026, 10, 23, 16, 0), (2026, 10, 26, 10, 0), 1),
    ("backwards", (2026, 11, 2, 11, 0), (2026, 11, 2, 10, 0), -1),
    ("before 1970 was not worked either", (2018, 1, 1, 0, 0), (2018, 1, 8, 0, 0), 40),
]


def _elapsed(hours: WorkingHours, since: tuple[int, ...], until: tuple[int, ...]) -> float:
    moments = {"since": datetime(*since, tzinfo=UTC), "until": datetime(*until, tzinfo=UTC)}  # type: ignore[arg-type]
    found = pl.DataFrame([moments]).select(hours.elapsed(pl.col("since"), pl.col("until")))
    return float(found.item())


@pytest.mark.parametrize(("since", "until", "hours"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_working_hours_between_two_moments(since: tuple[int, ...], until: tuple[int, ...], hours: float) -> None:
    """Monday to Friday, nine to five, by the clock in London."""
    assert hours * 3600 == _elapsed(WorkingHours(), since, until)


def test_holidays_are_those_that_are_given() -> None:
    """Christmas 2026 is a Friday, and Boxing Day is moved to the Monday."""
    week = ((2026, 12, 21, 0, 0), (2026, 12, 29, 0, 0))
    holidays = (date(2026, 12, 25), date(2026, 12, 28))
    assert [48 * 3600, 32 * 3600] == [_elapsed(WorkingHours(holidays=given), *week) for given in ((), holidays)]
