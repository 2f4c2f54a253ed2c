from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from headrace.flow.hand_off import (
    by_month,
    by_stage,
    hand_offs,
    handed_over,
    matrix,
    possible_lines,
    roles_of,
    used_lines,
)
from headrace.flow.stream import passages
from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.store.streams import read_streams

FIRST = datetime(2026, 10, 1, tzinfo=UTC)
HOUR_S = 3600.0


def hour(number: float) -> datetime:
    return FIRST + timedelta(hours=number)


def visit(item: str, stage: str, ready: float, started: float | None, ended: float | None, **more: str) -> list[Event]:
    item_type = more.get("item_type", "consideration")
    kind = Kind(more.get("kind", "finished"))
    told = ((ready, Kind.READY), (started, Kind.STARTED), (ended, kind))
    return [Event(hour(at), item_type, item, stage, what, "test") for at, what in told if at is not None]


def told(*visits: list[Event]) -> pl.DataFrame:
    rows = [{name: getattr(event, name) for name in EVENT_SCHEMA} for each in visits for event in each]
    return hand_offs(passages(pl.DataFrame(rows, schema=EVENT_SCHEMA)), read_streams())


def pairs(handed: pl.DataFrame) -> list[tuple[object, ...]]:
    return handed.select("at", "from_role", "to_role", "back", "taken_up_at").rows()


def test_a_change_of_role_between_stages_is_a_hand_off_and_one_within_a_role_is_none() -> None:
    """From the designers, who research and co-design, to the service owner, who begins two hours later."""
    assert [(hour(5), "data designer", "service owner", False, hour(7))] == pairs(
        told(
            visit("tree", "research", 0, 1, 2),
            visit("tree", "co-design", 2, 3, 4),
            visit("tree", "go-no-go", 5, 7, 8),
        )
    )


def test_a_return_is_a_hand_off_back_and_waits_until_the_other_takes_it_up() -> None:
    handed = told(
        visit("tree", "test-and-iterate", 0, 1, 2),
        visit("tree", "go-no-go", 2, 3, 4, kind="returned"),
        visit("tree", "test-and-iterate", 5, 9, 10),
        visit("tree", "go-no-go", 10, None, None),
    )
    assert [
        (hour(2), "data designer", "service owner", False, hour(3)),
        (hour(4), "service owner", "data designer", True, hour(9)),
        (hour(10), "data designer", "service owner", False, None),
    ] == pairs(handed)
    assert [False, False, True] == handed["open"].to_list()


def test_a_return_that_nobody_has_taken_up_is_one_already() -> None:
    assert [
        (hour(1), "service owner", "data designer", True, None),
    ] == pairs(told(visit("tree", "go-no-go", 0, 0.5, 1, kind="returned")))


def test_going_to_an_earlier_stage_without_a_return_is_going_back() -> None:
    assert [(hour(3), "service owner", "data designer", True, hour(4))] == pairs(
        told(visit("tree", "go-no-go", 0, 1, 2), visit("tree", "research", 3, 4, 5))
    )


def test_a_reference_comes_from_the_pipeline_and_goes_back_to_it() -> None:
    """The resource it was found in and the dataset it goes into are other items; the person's item counts."""
    handed = told(
        visit("tree/x", "transform", 0, 1, 2, item_type="resource"),
        visit("tree/1", "assign", 2, 4, 6, item_type="reference"),
        visit("tree", "assemble", 7, 8, 9, item_type="dataset"),
    )
    assert [
        (hour(2), "pipeline", "data manager", False, hour(4)),
        (hour(6), "data manager", "pipeline", False, None),
    ] == pairs(handed)
    assert [("transform", "assign"), ("assign", "assemble")] == handed.select("from_stage", "to_stage").rows()


def test_an_endpoint_that_fails_is_handed_to_its_publisher_and_comes_back() -> None:
    """The collection that failed is open while the publisher repairs; the next one is the pipeline's: no going back."""
    handed = told(
        visit("e", "collect", 0, 1, 9, item_type="endpoint"),
        visit("e", "repair", 2, 5, 8, item_type="endpoint"),
        visit("e", "collect", 24, 25, 26, item_type="endpoint"),
    )
    assert [("pipeline", "data provider", False), ("data provider", "pipeline", False)] == handed.select(
        "from_role", "to_role", "back"
    ).rows()


def test_the_matrix_counts_the_period_and_its_waits_include_what_still_waits() -> None:
    """Of three that were handed over one waits still: half took two hours, and 85 in 100 is not known yet."""
    handed = told(
        *(visit(item, "test-and-iterate", 0, 1, 2) for item in "abc"),
        visit("a", "go-no-go", 2, 3, 4),
        visit("b", "go-no-go", 2, 4, 5),
        visit("c", "go-no-go", 2, None, None),
    )
    row = matrix(handed, hour(0), hour(100)).row(0, named=True)
    assert ("data designer", "service owner", 3, 0, 1, 2 * HOUR_S, None) == tuple(row.values())
    assert 0 == matrix(handed, hour(2), hour(100)).height
    behind = handed_over(handed, "data designer", "service owner", hour(0), hour(100))
    assert [("a", HOUR_S), ("b", 2 * HOUR_S), ("c", 98 * HOUR_S)] == behind.select("item", "waited_s").rows()
    assert [("test-and-iterate", "go-no-go", 3)] == by_stage(handed, hour(0), hour(100)).select(
        "from_stage", "to_stage", "count"
    ).rows()


def test_months_tell_how_many_lines_were_used() -> None:
    handed = told(
        visit("a", "test-and-iterate", 0, 1, 2),
        visit("a", "go-no-go", 2, 3, 4, kind="returned"),
        visit("a", "test-and-iterate", 24 * 31, 24 * 31 + 1, 24 * 31 + 2),
        visit("a", "prepare", 24 * 31 + 2, 24 * 31 + 3, 24 * 31 + 4),
    )
    assert [("2026-10", 2, 1, 1), ("2026-11", 1, 0, 1)] == by_month(handed, hour(2000)).select(
        "month", "count", "back", "lines"
    ).rows()
    assert 2 == used_lines(handed)


@pytest.mark.parametrize(("roles", "lines"), [(0, 0), (1, 0), (2, 1), (6, 15)])
def test_lines_grow_as_pairs_do(roles: int, lines: int) -> None:
    assert lines == possible_lines(roles)


def test_nothing_recorded_is_nothing_handed_over() -> None:
    handed = told()
    assert (0, 0, 0, 0) == (
        *(handed.height, used_lines(handed)),
        *(matrix(handed, hour(0), hour(1)).height, by_month(handed, hour(1)).height),
    )


def test_every_stage_of_the_model_has_a_role() -> None:
    assert ("pipeline", "data manager", "data provider", "data designer", "service owner", "developer") == roles_of(
        read_streams()
    )
