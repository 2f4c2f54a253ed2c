from collections.abc import Callable
from datetime import datetime

import polars as pl

from headrace.flow.stream import passages
from headrace.flow.trend import trend


def test_a_queue_that_grows_by_one_a_day_grows_by_seven_a_week(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """And one that stays as it is has no trend."""
    events = tell(
        {("collect", str(day)): f"day {day} 09:00 ready" for day in range(1, 15)} | {("assign", "a"): "00:00 ready"}
    )
    passed = passages(events)
    found = trend(passed.visits, passed.spells, moment("12:00"), moment("12:00", day=14))
    assert [("assign", 0.0), ("collect", 7.0)] == [(stage, round(slope, 9)) for stage, slope in found.rows()]
