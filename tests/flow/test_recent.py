from datetime import UTC, datetime, timedelta

import polars as pl

from headrace.flow.recent import recent
from headrace.flow.stream import Passages, passages
from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.store.streams import read_streams

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MODEL = read_streams()


def day(number: float) -> datetime:
    return FIRST + timedelta(days=number)


def told(*visits: tuple[str, str, str, float, float | None]) -> Passages:
    events = [
        Event(day(at), item_type, item, stage, kind, "test")
        for item_type, item, stage, ready, finished in visits
        for at, kind in ((ready, Kind.READY), (finished, Kind.FINISHED))
        if at is not None
    ]
    rows = [{name: getattr(event, name) for name in EVENT_SCHEMA} for event in events]
    return passages(pl.DataFrame(rows, schema=EVENT_SCHEMA))


def test_what_was_over_is_left_out_and_what_went_on_is_kept() -> None:
    part = recent(
        told(
            ("endpoint", "old", "collect", 0, 1),
            ("endpoint", "new", "collect", 0, 30),
            ("endpoint", "open", "collect", 0, None),
        ),
        day(10),
        MODEL,
    )
    assert ["new", "open"] == part.visits["item"].to_list()
    assert {"new", "open"} == set(part.events["item"])


def test_what_is_followed_through_a_stream_keeps_its_beginning() -> None:
    """The lead time of a consideration that is still on its way began with its first stage."""
    part = recent(
        told(
            ("consideration", "tree", "need", 0, 1),
            ("consideration", "tree", "backlog", 1, 40),
            ("endpoint", "wood", "collect", 0, 1),
        ),
        day(10),
        MODEL,
    )
    assert [("backlog", "tree"), ("need", "tree")] == part.visits.select("stage", "item").rows()


def test_a_record_of_which_nothing_is_over_is_itself() -> None:
    passed = told(("endpoint", "open", "collect", 0, None))
    assert passed is recent(passed, day(10), MODEL)
    assert 0 == recent(told(), day(10), MODEL).visits.height
