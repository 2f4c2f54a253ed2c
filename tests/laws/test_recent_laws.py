"""The law of recent passages: what is left out changes no number."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from headrace.flow.past import past
from headrace.flow.recent import recent
from headrace.flow.reference import NUMBERS
from headrace.flow.stream import PERIOD, passages
from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.store.streams import read_streams

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MODEL = read_streams()

events = st.builds(
    Event,
    at=st.integers(0, 120).map(lambda day: FIRST + timedelta(days=day)),
    item_type=st.sampled_from(["consideration", "endpoint", "reference"]),
    item=st.sampled_from("abc"),
    stage=st.sampled_from(["need", "research", "go-no-go", "mandate", "collect", "assign", "repair"]),
    kind=st.sampled_from(Kind),
    run=st.just("test"),
)
starts = st.integers(0, 90).map(lambda day: FIRST + timedelta(days=day))


def _frame(record: Sequence[Event]) -> pl.DataFrame:
    waits = Event(FIRST, "endpoint", "always", "collect", Kind.READY, "test")  # so that the record never seems younger
    rows = [{name: getattr(event, name) for name in EVENT_SCHEMA} for event in (waits, *record)]
    return pl.DataFrame(rows, schema=EVENT_SCHEMA)


@settings(max_examples=40)
@given(st.lists(events, max_size=30), starts, st.integers(1, 30))
def test_numbers_of_later_periods_are_the_same_without_what_was_over(
    record: list[Event], start: datetime, days: int
) -> None:
    """Of a stage at which nothing went on, the trend is not 0 but unknown."""
    passed = passages(_frame(record))
    moments = [start + PERIOD + timedelta(days=days)]
    whole, part = past(passed, moments, MODEL), past(recent(passed, start, MODEL), moments, MODEL)
    for every, some, key in ((whole.stages, part.stages, "stage"), (whole.streams, part.streams, "stream")):
        numbers = [name for name, kind in every.schema.items() if kind in NUMBERS]
        left = [pl.col(name).cast(pl.Float64).fill_null(0.0 if name == "trend" else -1.0) for name in numbers]
        assert_frame_equal(every.select("at", key, *left), some.select("at", key, *left))
