from collections.abc import Callable
from datetime import datetime

import polars as pl
import pytest

from headrace.flow.times import times
from headrace.flow.visits import visits

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
    found = times(visits(events), moment("00:00"), moment("12:00")).row(2, named=True)
    assert expected == tuple(found[name] for name in NAMES)


def test_rates_are_per_day_of_the_period(tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]) -> None:
    """Three came and one left in the two days; what left before does not count."""
    events = tell(
        {
            ("collect", "old"): "09:00 ready; 09:01 finished",
            ("collect", "a"): "day 2 09:00 ready; day 2 10:00 finished",
            ("collect", "b"): "day 2 09:00 ready",
            ("collect", "c"): "day 3 09:00 ready",
        }
    )
    found = times(visits(events), moment("00:00", day=2), moment("00:00", day=4)).row(0, named=True)
    assert (found["arrived_per_day"], found["departed_per_day"]) == (1.5, 0.5)


def test_a_stage_without_visits_has_no_times(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Nothing came, and nothing is known about waiting."""
    found = times(visits(tell({("collect", "a"): "09:00 ready"})), moment("00:00"), moment("12:00")).row(6, named=True)
    assert (found["stage"], found["arrived_per_day"], found["wait_p50_s"]) == ("release", 0.0, None)
