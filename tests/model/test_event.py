"""Events, one by one and as a frame."""

from dataclasses import asdict
from datetime import UTC, datetime

import polars as pl
import pytest

from headrace.model.event import EVENT_SCHEMA, Event, Kind, build_events


@pytest.mark.parametrize("microsecond", [0, 1, 120_000])
def test_an_event_has_one_id_however_it_is_made(microsecond: int) -> None:
    """The id of a frame's row is that of the event."""
    at = datetime(2026, 11, 1, 2, 3, 4, microsecond, tzinfo=UTC)
    event = Event(at, "endpoint", "a", "collect", Kind.FAILED, "night", attempt=2, reason="HTTP 404")
    said = pl.DataFrame([asdict(event)], schema_overrides={"at": EVENT_SCHEMA["at"]})
    built = build_events(said)
    assert built.schema == EVENT_SCHEMA
    assert built.row(0, named=True) == asdict(event) | {"id": event.id}


def test_what_is_not_said_is_as_in_an_event() -> None:
    """Attempt and actor have their usual values, the rest is null."""
    event = Event(datetime(2026, 11, 1, tzinfo=UTC), "endpoint", "a", "collect", Kind.READY, "night")
    said = {name: getattr(event, name) for name in ("at", "item_type", "item", "stage", "kind", "run")}
    built = build_events(pl.DataFrame([said], schema_overrides={"at": EVENT_SCHEMA["at"]}))
    assert built.row(0, named=True) == asdict(event) | {"id": event.id}
