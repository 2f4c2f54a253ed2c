"""Laws of dependencies, against a plain reading of who blocks whom, hour by hour."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import orjson
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from headrace.flow.dependency import blocks, caused, rank
from headrace.model.event import EVENT_SCHEMA, Event, Kind

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
HOURS = 24

Blocker = tuple[str, str]
blockers = st.sampled_from([("thing", "a"), ("thing", "b"), ("thing", "c"), ("person", "x"), ("person", "y")])
said = st.tuples(
    st.sampled_from(range(HOURS)),
    st.sampled_from("abc"),
    st.sampled_from([Kind.READY, Kind.BLOCKED, Kind.BLOCKED, Kind.UNBLOCKED, Kind.FINISHED]),
    blockers,
)
records = st.lists(said, max_size=20, unique_by=lambda each: each[:2])
hours = st.integers(0, HOURS)

Said = tuple[int, str, Kind, Blocker]


def _frame(record: Sequence[Said]) -> pl.DataFrame:
    events = [
        Event(
            *(FIRST + timedelta(hours=at), "thing", item, "prepare", kind, "test"),
            detail=orjson.dumps({"by": {"type": by[0], "item": by[1]}}).decode(),
        )
        for at, item, kind, by in record
    ]
    return pl.DataFrame([{name: getattr(event, name) for name in EVENT_SCHEMA} for event in events], EVENT_SCHEMA)


def _held_by(record: Sequence[Said], item: str, hour: int) -> Blocker | None:
    """What blocks an item in an hour at first hand: what its latest event says."""
    by: Blocker | None = None
    for at, said_of, kind, blocker in sorted(record, key=lambda each: each[0]):
        if said_of == item and at <= hour and kind is not Kind.READY:
            by = blocker if kind is Kind.BLOCKED else None
    return by


def _reach(record: Sequence[Said], item: str, hour: int) -> list[Blocker]:
    """All that hold an item up in an hour, first hand first."""
    reached: list[Blocker] = []
    by = _held_by(record, item, hour)
    while by is not None and by not in reached:
        reached.append(by)
        by = _held_by(record, by[1], hour) if by[0] == "thing" and by[1] != item else None
    return reached


@given(records, hours, hours)
def test_every_hour_is_charged_to_all_that_hold_the_item_up(record: list[Said], one: int, other: int) -> None:
    """At first and at second hand, each hour once; what blocks itself blocks."""
    assume(one != other)
    start, end = sorted((one, other))
    ranked = rank(
        caused(blocks(_frame(record)), FIRST + timedelta(hours=end)),
        FIRST + timedelta(hours=start),
        FIRST + timedelta(hours=end),
    )
    counted: dict[Blocker, list[int]] = {}
    for hour in range(start, end):
        for item in "abc":
            for number, by in enumerate(_reach(record, item, hour)):
                own = by == ("thing", item) and number > 0
                if not own:
                    direct, passed_on = counted.setdefault(by, [0, 0])
                    counted[by] = [direct + (number == 0), passed_on + (number > 0)]
    assert {by: [3600.0 * each for each in both] for by, both in counted.items()} == {
        (row["by_type"], row["by_item"]): [row["direct_s"], row["passed_on_s"]] for row in ranked.iter_rows(named=True)
    }


@given(records, hours, hours, hours)
def test_blocking_in_two_windows_is_blocking_in_both_together(
    record: list[Said], one: int, two: int, three: int
) -> None:
    """Waiting time is additive over time."""
    first, middle, last = (FIRST + timedelta(hours=hour) for hour in sorted((one, two, three)))
    spans = caused(blocks(_frame(record)), last)
    whole, before, after = (
        float(rank(spans, start, end)["waited_s"].sum())
        for start, end in ((first, last), (first, middle), (middle, last))
    )
    assert pytest.approx(whole) == before + after
