"""Event records told in words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.model.stage import Streams
from headrace.store.streams import read_streams

DAY_ONE = datetime(2026, 11, 1, tzinfo=UTC)
_TOLD = re.compile(r"(?:day (?P<day>\d+) )?(?P<hour>\d\d):(?P<minute>\d\d) (?P<kind>[a-z]+)(?:: (?P<reason>.+))?")


@pytest.fixture
def moment() -> Callable[..., datetime]:
    """`moment("09:30")` on day 1, `moment("09:30", day=3)` two days later."""

    def at(clock: str, day: int = 1) -> datetime:
        hour, minute = clock.split(":")
        return DAY_ONE + timedelta(days=day - 1, hours=int(hour), minutes=int(minute))

    return at


@pytest.fixture
def tell() -> Callable[..., pl.DataFrame]:
    """A record from texts such as `09:00 ready; 09:05 started; day 2 09:06 failed: HTTP 404`, by stage and item.

    `tell({("collect", "a"): "…"})`; items are of the type that flows through the stage.
    """

    def frame(told: Mapping[tuple[str, str], str], run: str = "night") -> pl.DataFrame:
        events = [
            _event(stage, item, text.strip(), run)
            for (stage, item), texts in told.items()
            for text in texts.split(";")
            if text.strip()
        ]
        return pl.DataFrame([asdict(event) | {"id": event.id} for event in events], schema=EVENT_SCHEMA)

    return frame


@pytest.fixture
def model() -> Streams:
    """The streams that come with Headrace."""
    return read_streams()


def _event(stage: str, item: str, text: str, run: str) -> Event:
    match = _TOLD.fullmatch(text)
    assert match, f"{text!r} is not like `09:00 ready` or `day 2 09:00 failed: reason`"
    at = DAY_ONE + timedelta(days=int(match["day"] or 1) - 1, hours=int(match["hour"]), minutes=int(match["minute"]))
    known = read_streams().stages.get(stage)
    item_type = known.item_type if known else "resource"
    return Event(at, item_type, item, stage, Kind(match["kind"]), run, reason=match["reason"])
