"""Laws of working hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.flow.working_hours import WorkingHours

HOURS = WorkingHours()
QUARTER = timedelta(minutes=15)
FIRST = datetime(2026, 3, 23, tzinfo=UTC)

quarters = st.integers(0, 14 * 96)
"""Quarters of an hour of two weeks, in the middle of which the clocks go forward."""


def _elapsed(since: datetime, until: datetime) -> float:
    frame = pl.DataFrame({"since": [since], "until": [until]})
    return float(frame.select(HOURS.elapsed(pl.col("since"), pl.col("until"))).item())


@given(quarters, quarters)
def test_working_hours_are_the_quarters_in_which_somebody_works(one: int, other: int) -> None:
    """Counted one by one by the clock on the wall in London."""
    start, end = sorted((one, other))
    local = [(FIRST + number * QUARTER).astimezone(ZoneInfo("Europe/London")) for number in range(start, end)]
    worked = sum(each.weekday() < 5 and 9 <= each.hour < 17 for each in local)
    assert worked * 900 == _elapsed(FIRST + start * QUARTER, FIRST + end * QUARTER)


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), min_size=3, max_size=3))
def test_working_hours_add_up_and_are_no_longer_than_the_calendar(moments: list[datetime]) -> None:
    """From the first moment to the second and on to the third, and back again."""
    first, second, third = (moment.replace(tzinfo=UTC) for moment in sorted(moments))
    assert pytest.approx(_elapsed(first, third), abs=1e-3) == _elapsed(first, second) + _elapsed(second, third)
    assert 0 <= _elapsed(first, third) <= (third - first).total_seconds() + 1e-3
    assert pytest.approx(-_elapsed(first, third), abs=1e-3) == _elapsed(third, first)
