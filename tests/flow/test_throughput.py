from collections.abc import Callable
from datetime import date, datetime

import polars as pl

from headrace.flow.spells import spells
from headrace.flow.throughput import daily, rates
from headrace.flow.visits import visits

DAYS = "; ".join(f"day {day} 09:00 ready; day {day} 10:00 finished" for day in range(1, 33))


def _daily(events: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    return daily(visits(events), spells(events), "collect", start, now)


def test_a_day_tells_what_came_what_left_and_what_was_there_at_its_end(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """The day that is not over yet is left out, and so are other stages."""
    events = tell(
        {
            ("collect", "a"): "09:00 ready; day 2 09:00 started; day 3 09:00 finished; day 3 10:00 ready",
            ("collect", "b"): "10:00 ready; 11:00 finished",
            ("assign", "c"): "09:00 ready",
        }
    )
    expected = [
        (date(2026, 11, 1), 2, 1, 2, 1, 1, 0, 1),
        (date(2026, 11, 2), 0, 0, 2, 1, 1, 1, 0),
        (date(2026, 11, 3), 1, 1, 3, 2, 1, 0, 1),
    ]
    assert expected == _daily(events, moment("00:00"), moment("12:00", day=4)).rows()


def test_what_came_before_the_beginning_is_in_the_bands(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """A cumulative flow diagram does not begin at nothing."""
    events = tell({("collect", item): "09:00 ready" for item in "abc"})
    days = _daily(events, moment("00:00", day=3), moment("00:00", day=6))
    assert [(0, 3)] * 3 == days.select("arrived", "arrived_before").rows()


def test_rates_are_of_whole_weeks_and_months(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """One a day: 7 in each week from Monday, 30 in November; 1 November 2026 is a Sunday."""
    days = _daily(tell({("collect", "a"): DAYS}), moment("00:00"), moment("12:00", day=33))
    mondays = [date(2026, 11, day) for day in (2, 9, 16, 23)]
    assert [(monday, 7, 7) for monday in mondays] == rates(days, "week").rows()
    assert [(date(2026, 11, 1), 30, 30)] == rates(days, "month").rows()
    assert 32 == rates(days, "day").height


def test_a_stage_to_which_nothing_came_has_no_days(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Nothing is known about it."""
    assert _daily(tell({("assign", "a"): "09:00 ready"}), moment("00:00"), moment("00:00", day=9)).is_empty()
