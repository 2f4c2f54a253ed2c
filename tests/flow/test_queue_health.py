from collections.abc import Callable
from datetime import datetime

import polars as pl
import pytest

from headrace.flow.queue_health import queue_health
from headrace.flow.stream import passages

DAYS = range(1, 13)
EVERY_DAY = {f"out {day}": f"day {day} 00:30 ready; day {day} 01:00 started; day {day} 01:01 finished" for day in DAYS}
CASES: dict[str, tuple[dict[str, str], str]] = {
    "nothing waits": (EVERY_DAY, "empty"),
    "every day one leaves and one more stays": (
        EVERY_DAY | {f"in {day}": f"day {day} 00:30 ready" for day in DAYS},
        "falling behind",
    ),
    "the same one waits while others leave": (EVERY_DAY | {"old": "00:10 ready"}, "falling behind"),
    "the queue was shorter once": (
        EVERY_DAY | {"old": "00:10 ready", "other": "day 2 00:20 ready; day 8 01:00 finished"},
        "moving",
    ),
    "it was empty in the window": (EVERY_DAY | {"new": "day 12 00:20 ready"}, "moving"),
    "every try fails": (
        {"a": "00:30 ready; " + "; ".join(f"day {day} 01:00 started; day {day} 01:01 failed" for day in DAYS)},
        "stalled",
    ),
    "nothing was ever begun": ({"a": "00:30 ready"}, "stopped"),
    "work ended longer ago than it lasted": (
        {"a": "day 1 00:30 ready", "b": "day 1 00:30 ready; day 3 01:00 finished", "c": "day 2 01:00 finished"},
        "stopped",
    ),
    "work began today": ({"a": "day 12 00:30 ready; day 12 01:00 finished", "b": "day 12 00:30 ready"}, "stopped"),
    "work began an hour after the first came, just now": (
        {"a": "day 12 00:30 ready; day 12 11:30 finished", "b": "day 12 00:30 ready"},
        "moving",
    ),
}


@pytest.mark.parametrize(("told", "expected"), CASES.values(), ids=CASES.keys())
def test_a_queue_is_judged_by_how_it_went(
    told: dict[str, str], expected: str, tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """At noon of the twelfth day; no number of items or days is a limit."""
    passed = passages(tell({("collect", item): text for item, text in told.items()}))
    assert [("collect", expected)] == queue_health(passed.visits, passed.spells, moment("12:00", day=12)).rows()
