from collections.abc import Callable
from datetime import datetime

import polars as pl

from headrace.flow.queue import items_in_progress, queues, waiting_items
from headrace.flow.visits import visits

TOLD = {
    ("collect", "a"): "08:00 ready",
    ("collect", "b"): "07:00 ready; 07:30 started; 07:31 failed: HTTP 500",
    ("collect", "c"): "09:00 ready; 09:01 started",
    ("collect", "d"): "09:00 ready; 09:01 started; 09:02 finished",
    ("collect", "e"): "11:00 ready",
    ("assign", "f"): "day 2 01:00 ready",
}


def test_a_queue_is_what_is_ready_and_not_begun(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Work in progress is not in the queue, a failed item is, and what becomes ready later is not there yet."""
    collect = queues(visits(tell(TOLD)), moment("10:00")).row(by_predicate=pl.col("stage") == "collect", named=True)
    expected = {
        "stage": "collect", "waiting": 2, "in_progress": 1, "failed": 1,
        "oldest_ready_at": moment("07:00"), "oldest_age_s": 3 * 3600.0,
        "waits_schedule": 1, "waits_provider": 1, "waits_operator": 0, "waits_reviewer": 0, "waits_dependency": 0,
    }  # fmt: skip
    assert expected == {name: collect[name] for name in expected}


def test_a_stage_where_nothing_waits_has_no_oldest_item(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Everything that came has left."""
    release = queues(visits(tell({("release", "r"): "08:00 ready; 08:01 finished"})), moment("10:00")).row(
        0, named=True
    )
    assert (release["stage"], release["waiting"], release["failed"], release["oldest_age_s"]) == ("release", 0, 0, None)


def test_the_items_behind_the_number_come_oldest_first(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Each with its age, whom it waits for, and why."""
    items = waiting_items(visits(tell(TOLD)), "collect", moment("10:00"))
    expected = [
        ("b", moment("07:00"), 10800.0, "provider", "HTTP 500"),
        ("a", moment("08:00"), 7200.0, "schedule", None),
    ]
    assert expected == items.select("item", "since", "age_s", "waits_for", "reason").rows()


def test_work_under_way_is_aged_from_its_start(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """An item in progress has been so since work was begun, not since it was ready."""
    items = items_in_progress(visits(tell(TOLD)), "collect", moment("10:00"))
    assert items.select("item", "age_s").rows() == [("c", 59 * 60.0)]
