from collections.abc import Callable
from datetime import datetime

import polars as pl
import pytest

from headrace.flow.spells import spells
from headrace.flow.times import times
from headrace.flow.visits import visits
from headrace.flow.working_hours import WorkingHours

HOURS = WorkingHours()
NAMES = ("wait_p50_s", "wait_p85_s", "work_p50_s", "work_p85_s")
CASES = {
    "an item waits until work is begun and is worked on until its end": (
        {"a": "09:00 ready; 09:10 started; 09:11 finished"},
        (600, 600, 60, 60),
    ),
    "the time after a failure is waiting": (
        {"a": "09:00 ready; 09:10 started; 09:11 failed; 09:41 started; 09:43 finished"},
        (2400, 2400, 180, 180),
    ),
    "an item that waits keeps the percentile open": (
        {"a": "09:00 ready; 09:10 started; 09:11 finished", "b": "08:00 ready"},
        (600, None, 60, 60),
    ),
    "an item in progress has waited, and its work is not over": (
        {"a": "09:00 ready; 09:10 started"},
        (600, 600, None, None),
    ),
    "an abandoned item would have waited on": ({"a": "09:00 ready; 09:10 abandoned"}, (None, None, None, None)),
    "a skipped item has waited and was not worked on": ({"a": "09:00 ready; 09:10 skipped"}, (600, 600, None, None)),
}


@pytest.mark.parametrize(("told", "expected"), CASES.values(), ids=CASES.keys())
def test_waiting_and_work(
    told: dict[str, str],
    expected: tuple[float | None, ...],
    tell: Callable[..., pl.DataFrame],
    moment: Callable[..., datetime],
) -> None:
    """Worked by hand."""
    events = tell({("transform", item): text for item, text in told.items()})
    found = times(visits(events), spells(events), moment("00:00"), moment("12:00"), HOURS).row(0, named=True)
    assert expected == tuple(found[name] for name in NAMES)


def test_rates_are_per_week_of_the_period(tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]) -> None:
    """Three came and one left in the two days; what left before does not count."""
    events = tell(
        {
            ("collect", "old"): "09:00 ready; 09:01 finished",
            ("collect", "a"): "day 2 09:00 ready; day 2 10:00 finished",
            ("collect", "b"): "day 2 09:00 ready",
            ("collect", "c"): "day 3 09:00 ready",
        }
    )
    found = times(visits(events), spells(events), moment("00:00", day=2), moment("00:00", day=4), HOURS).row(
        0, named=True
    )
    assert (found["arrived_per_week"], found["departed_per_week"]) == (1.5 * 7, 0.5 * 7)


def test_the_same_in_working_hours(tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]) -> None:
    """From Sunday evening until Monday 10:00 nobody could have worked but for an hour; 1 November 2026 is a Sunday."""
    events = tell({("assign", "a"): "20:00 ready; day 2 10:00 started; day 2 18:00 finished"})
    found = times(visits(events), spells(events), moment("00:00"), moment("00:00", day=4), HOURS).row(0, named=True)
    names = ("wait_p85_s", "work_p85_s", "lead_p85_s", "wait_p85_working_s", "work_p85_working_s", "lead_p85_working_s")
    expected = [14 * 3600, 8 * 3600, 22 * 3600, 3600, 7 * 3600, 8 * 3600]
    assert expected == [found[name] for name in names]


def test_variability_compares_the_slow_with_the_ordinary(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Of six items five take an hour and one four: p85 is four times p50."""
    events = tell({("transform", item): "09:00 ready; 10:00 finished" for item in "abcde"})
    slow = tell({("transform", "f"): "09:00 ready; 13:00 finished"})
    both = pl.concat([events, slow])
    found = times(visits(both), spells(both), moment("00:00"), moment("20:00"), HOURS).row(0, named=True)
    assert (found["lead_p50_s"], found["variability"]) == (3600.0, 4.0)
