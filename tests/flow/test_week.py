from datetime import UTC, date, datetime, timedelta

import polars as pl

from drawn_attempts import draw_log
from headrace.flow.failing import endpoint_nights
from headrace.flow.repair import GIVEN_UP_NIGHTS
from headrace.flow.stream import Passages, passages
from headrace.flow.week import asked_in, endpoint_lists, stage_lists

START = datetime(2026, 11, 9, tzinfo=UTC)
"""A Monday."""

END = START + timedelta(days=7)


def _items(lists: dict[str, pl.DataFrame]) -> dict[str, list[str]]:
    return {name: rows["item"].to_list() for name, rows in lists.items()}


def _passages(tell) -> Passages:  # type: ignore[no-untyped-def]
    told = {
        ("assign", "before"): "day 1 09:00 ready; day 8 23:59 started; day 8 23:59 finished",
        ("assign", "first"): "day 1 09:00 ready; day 9 00:00 started; day 9 00:00 finished",
        ("assign", "open"): "day 10 09:00 ready; day 17 09:00 started; day 17 10:00 finished",
        ("assign", "after"): "day 16 00:00 ready",
        (
            "collect",
            "fails",
        ): "day 9 01:00 started; day 9 01:01 failed: gone; day 12 01:00 started; day 12 01:02 failed: lost",
    }
    return passages(tell(told))


def test_a_week_is_from_its_first_moment_to_before_its_last(tell) -> None:  # type: ignore[no-untyped-def]
    """What is over a minute before is not of it, what comes at its end is of the next."""
    assert {
        "passed-assign": ["first"],
        "failed-collect": ["fails"],
        "came-assign": ["open"],
        "came-collect": ["fails"],
        "waits-assign": ["open"],
        "waits-collect": ["fails"],
    } == _items(stage_lists(_passages(tell), START, END))


def test_an_item_that_failed_often_is_listed_once_with_its_last_failure(tell) -> None:  # type: ignore[no-untyped-def]
    """And with why."""
    failed = stage_lists(_passages(tell), START, END)["failed-collect"]
    assert [("lost", datetime(2026, 11, 12, 1, 2, tzinfo=UTC))] == failed.select("reason", "at").rows()


def test_endpoints_that_came_and_went() -> None:
    """In the week from the ninth night; those that fail are listed from the night they began to."""
    long = "o" * (16 + GIVEN_UP_NIGHTS)
    nights = endpoint_nights(
        draw_log(
            {
                "old": long,
                "new": " " * 9 + long,
                "gone": "o" * 12,
                "began": "o" * 10 + "xx" + "o" * 30,
                "fails": "ooo" + "x" * 40,
                "ends": "x" * 10 + "o" * 30,
            }
        )
    )
    lists = endpoint_lists(nights, START, END)
    assert {
        "added": ["new"],
        "lost": ["gone"],
        "newly-failing": ["began"],
        "recovered": ["ends", "began"],
        "failing": ["fails"],
    } == _items(lists)
    assert datetime(2026, 11, 4, tzinfo=UTC) == lists["failing"]["at"][0]


def test_who_was_given_up_fails_no_more() -> None:
    """Nobody asks it any more, while others are asked."""
    long = "o" * (16 + GIVEN_UP_NIGHTS)
    nights = endpoint_nights(
        draw_log({"old": long, "gone": "x"}, first=date(2026, 11, 9) - timedelta(days=GIVEN_UP_NIGHTS))
    )
    assert "failing" not in endpoint_lists(nights, START, END)
    assert ["gone"] == endpoint_lists(nights, START - timedelta(days=7), START)["failing"]["item"].to_list()


def test_attempts_of_the_week_are_counted() -> None:
    """With its nights."""
    nights = endpoint_nights(draw_log({"a": "o" * 9 + "xh x" + "o" * 9}))
    assert {"attempts": 6, "failed": 2, "unusable": 1, "nights": 6} == asked_in(nights, START, END)
