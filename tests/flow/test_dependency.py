from datetime import UTC, datetime, timedelta

import orjson
import polars as pl

from headrace.flow.dependency import REASON, UNSAID, blocks, caused, held_up, rank
from headrace.model.event import EVENT_SCHEMA, Event, Kind

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
HOUR_S = 3600.0


def hour(number: float) -> datetime:
    return FIRST + timedelta(hours=number)


def event(
    at: float,
    item: str,
    kind: Kind,
    by: tuple[str, str] | None = None,
    reason: str | None = None,
    stage: str = "prepare",
) -> Event:
    detail = orjson.dumps({"by": {"type": by[0], "item": by[1]}}).decode() if by else None
    return Event(hour(at), "consideration", item, stage, kind, "test", reason=reason, detail=detail)


def frame(*events: Event) -> pl.DataFrame:
    rows = [{name: getattr(each, name) for name in EVENT_SCHEMA} for each in events]
    return pl.DataFrame(rows, schema=EVENT_SCHEMA)


LEGAL = ("person", "legal team")


def told(*events: Event) -> list[tuple[object, ...]]:
    return blocks(frame(*events)).select("item", "by_type", "by_item", "since", "until").rows()


def test_a_block_lasts_until_it_is_cleared_or_the_visit_ends() -> None:
    assert [
        ("a", *LEGAL, hour(1), hour(3)),
        ("b", *LEGAL, hour(1), hour(4)),
        ("c", *LEGAL, hour(1), None),
    ] == told(
        event(1, "a", Kind.BLOCKED, LEGAL),
        event(3, "a", Kind.UNBLOCKED),
        event(1, "b", Kind.BLOCKED, LEGAL),
        event(4, "b", Kind.ABANDONED),
        event(1, "c", Kind.BLOCKED, LEGAL),
        event(2, "c", Kind.STARTED),
    )


def test_a_block_that_is_said_again_goes_on_and_another_blocker_takes_its_place() -> None:
    assert [("a", *LEGAL, hour(1), hour(3)), ("a", "person", "minister", hour(3), None)] == told(
        event(1, "a", Kind.BLOCKED, LEGAL),
        event(2, "a", Kind.BLOCKED, LEGAL, "still"),
        event(3, "a", Kind.BLOCKED, ("person", "minister")),
    )


def test_where_nobody_is_named_the_reason_stands_for_the_blocker() -> None:
    """Also where the detail is not JSON, or names half of a blocker."""
    odd = [
        Event(hour(1), "dataset", item, "publish", Kind.BLOCKED, "test", reason=reason, detail=detail)
        for item, reason, detail in (
            ("a", "half are gone", None),
            ("b", "half are gone", "not JSON"),
            ("c", None, '{"by": {"type": "person"}}'),
            ("d", None, '["by"]'),
        )
    ]
    assert [("a", "half are gone"), ("b", "half are gone"), ("c", UNSAID), ("d", UNSAID)] == [
        (row[0], row[2]) for row in told(*odd)
    ]
    assert {REASON} == {row[1] for row in told(*odd)}


def test_what_blocks_a_blocker_holds_up_both_while_both_last() -> None:
    """While b waits for a from 2 to 10, and a for the legal team from 0 to 6: the legal team cost a 6 hours and b 4."""
    spans = caused(
        blocks(
            frame(
                event(0, "a", Kind.BLOCKED, LEGAL),
                event(6, "a", Kind.UNBLOCKED),
                event(2, "b", Kind.BLOCKED, ("consideration", "a")),
                event(10, "b", Kind.UNBLOCKED),
            )
        ),
        hour(20),
    )

    first, second = rank(spans, hour(0), hour(20)).to_dicts()
    assert ("legal team", 10 * HOUR_S, 6 * HOUR_S, 4 * HOUR_S, 2, 0) == (
        *(first["by_item"], first["waited_s"], first["direct_s"], first["passed_on_s"]),
        *(first["items"], first["items_now"]),
    )
    assert ("a", 8 * HOUR_S, 8 * HOUR_S, 0.0, 1) == (
        *(second["by_item"], second["waited_s"], second["direct_s"]),
        *(second["passed_on_s"], second["items"]),
    )
    behind = held_up(spans, *LEGAL, hour(0), hour(20))
    assert [("a", [], hour(0), hour(6)), ("b", ["consideration a"], hour(2), hour(6))] == behind.select(
        "item", "through", "since", "until"
    ).rows()


def test_only_the_period_counts_and_what_lasts_lasts_until_now() -> None:
    spans = caused(blocks(frame(event(0, "a", Kind.BLOCKED, LEGAL, stage="mandate"))), hour(9))

    assert [(2 * HOUR_S, 1, hour(0), ["mandate"])] == rank(spans, hour(7), hour(9)).select(
        "waited_s", "items_now", "oldest_since", "stages"
    ).rows()


def test_a_circle_holds_up_each_of_its_items_once() -> None:
    spans = caused(
        blocks(
            frame(
                event(0, "a", Kind.BLOCKED, ("consideration", "b")),
                event(0, "b", Kind.BLOCKED, ("consideration", "c")),
                event(0, "c", Kind.BLOCKED, ("consideration", "a")),
            )
        ),
        hour(1),
    )

    assert [(each, 2 * HOUR_S, 2) for each in "abc"] == rank(spans, hour(0), hour(1)).select(
        "by_item", "waited_s", "items"
    ).rows()


def test_nothing_blocked_is_nothing_ranked() -> None:
    spans = caused(blocks(frame(event(0, "a", Kind.READY), event(0, "b", Kind.UNBLOCKED))), hour(1))

    assert (0, 0) == (spans.height, rank(spans, hour(0), hour(1)).height)
