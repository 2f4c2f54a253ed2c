"""Laws of the value stream, against a plain reading of the record event by event."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headrace.flow.constraint import waited
from headrace.flow.growth import extend
from headrace.flow.levels import levels, levels_at, little
from headrace.flow.past import passages_at
from headrace.flow.queue import queues, waiting_items
from headrace.flow.record import CAUSAL
from headrace.flow.spells import spells
from headrace.flow.stream import measure, passages
from headrace.flow.survival import percentiles
from headrace.flow.visits import visits
from headrace.model.event import EVENT_SCHEMA, Event, Kind, Stage
from headrace.store.streams import read_streams

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
HOURS = 60
MODEL = read_streams()
STAGES = (Stage.COLLECT.value, Stage.TRANSFORM.value, Stage.ASSIGN.value, "repair", "act")
CLOSING = (Kind.RETURNED, Kind.FINISHED, Kind.SKIPPED, Kind.ABANDONED)

moments = st.integers(0, HOURS).map(lambda hour: FIRST + timedelta(hours=hour, microseconds=hour))
events = st.builds(
    Event,
    at=moments,
    item_type=st.just("resource"),
    item=st.sampled_from("ab"),
    stage=st.sampled_from(STAGES),
    kind=st.sampled_from(Kind),
    run=st.just("night"),
)
records = st.lists(events, max_size=40)


def _frame(record: Sequence[Event]) -> pl.DataFrame:
    return pl.DataFrame([asdict(event) | {"id": event.id} for event in record], schema=EVENT_SCHEMA)


def _read_plainly(record: Sequence[Event], stage: str, until: datetime) -> tuple[int, int, int, int]:
    """How many arrived at, left, wait at and are worked on at a stage: a state for every item, event by event."""
    order = list(CAUSAL.categories)
    told = {event.id: event for event in record if event.stage == stage and event.at <= until}.values()
    arrived = departed = 0
    state: dict[str, str] = {}
    for event in sorted(told, key=lambda event: (event.at, order.index(event.kind))):
        if event.item not in state and event.kind not in (Kind.UNBLOCKED, Kind.ABANDONED):
            state[event.item] = "waiting"
            arrived += 1
        if event.kind == Kind.STARTED:
            state[event.item] = "working"
        elif event.kind == Kind.FAILED:
            state[event.item] = "waiting"
        elif event.kind in CLOSING and event.item in state:
            del state[event.item]
            departed += 1
    held = list(state.values())
    return arrived, departed, held.count("waiting"), held.count("working")


@given(records, moments)
def test_what_arrived_has_left_or_waits_or_is_worked_on(record: list[Event], now: datetime) -> None:
    """Conservation, at every stage and moment; every number agrees with the plain reading."""
    until = _frame([event for event in record if event.at <= now])
    visited = visits(until)
    nothing = {"waiting": 0, "in_progress": 0}
    queue = {row["stage"]: row for row in queues(visited, now).iter_rows(named=True)}
    for stage in STAGES:
        arrived, departed, waiting, working = _read_plainly(record, stage, now)
        here = visited.filter(pl.col("stage") == stage)
        there = queue.get(stage, nothing)
        counted = (here.height, here["finished_at"].count(), there["waiting"], there["in_progress"])
        assert (arrived, departed, waiting, working) == counted
        assert arrived == departed + waiting + working


@given(records, moments)
def test_levels_at_any_moment_are_those_of_the_record_until_then(record: list[Event], now: datetime) -> None:
    """The cumulative flow diagram of the whole record tells the past as it was."""
    known = levels(visits(_frame(record))).filter(pl.col("at") <= now)
    for stage in STAGES:
        arrived, departed, waiting, working = _read_plainly(record, stage, now)
        drawn = known.filter(pl.col("stage") == stage).select("arrived", "departed", "present").rows()
        assert (arrived, departed, waiting + working) == (drawn[-1] if drawn else (0, 0, 0))


@given(records, moments)
def test_the_number_is_the_length_of_the_list_and_of_its_parts(record: list[Event], now: datetime) -> None:
    """`waiting` counts the items behind it, and is the sum over what they wait for."""
    visited = visits(_frame([event for event in record if event.at <= now]))
    for row in queues(visited, now).iter_rows(named=True):
        parts = [count for name, count in row.items() if name.startswith("waits_")]
        assert row["waiting"] == waiting_items(visited, row["stage"], now).height == sum(parts)


@given(records.flatmap(lambda record: st.tuples(st.just(record), st.permutations(record + record[:3]))))
def test_neither_order_nor_repetition_matters(told: tuple[list[Event], list[Event]]) -> None:
    """The same events in another order, some of them twice, make the same stream."""
    record, shuffled = told
    now = FIRST + timedelta(hours=HOURS + 1)
    first, second = passages(_frame(record)), passages(_frame(shuffled))
    assert first.visits.equals(second.visits)
    assert first.spells.equals(second.spells)
    assert measure(first, now, MODEL).stages.equals(measure(second, now, MODEL).stages)


@given(records, moments, st.integers(1, HOURS))
def test_littles_identity_holds_on_every_sample_path(record: list[Event], start: datetime, hours: int) -> None:
    """The integral of the level over any window is the sum of the times that the visits spent in it."""
    end = start + timedelta(hours=hours)
    visited = visits(_frame(record))
    drawn = {row["stage"]: row["mean_present"] or 0.0 for row in little(visited, start, end).iter_rows(named=True)}
    spent = dict.fromkeys(drawn, 0.0)
    for visit in visited.iter_rows(named=True):
        since, until = max(visit["ready_at"], start), min(visit["finished_at"] or end, end)
        spent[visit["stage"]] += max((until - since).total_seconds(), 0.0)
    for stage, integral in drawn.items():
        assert pytest.approx(spent[stage], abs=1e-6) == integral * (end - start).total_seconds()


@given(records, moments, st.integers(1, 12))
def test_waiting_in_two_windows_is_waiting_in_both_together(record: list[Event], start: datetime, hours: int) -> None:
    """Waiting × volume adds up over time, and is never negative."""
    frame = _frame(record)
    visited, worked = visits(frame), spells(frame)
    middle, end = start + timedelta(hours=hours), start + timedelta(hours=2 * hours)
    parts = [waited(visited, worked, *window)["waited_s"] for window in ((start, middle), (middle, end), (start, end))]
    assert pytest.approx(parts[2].to_list(), abs=1e-6) == (parts[0] + parts[1]).to_list()
    assert min(parts[2], default=0.0) >= -1e-6


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.floats(0.01, 0.99))
def test_without_open_items_the_estimate_is_the_plain_percentile(lasted: list[int], share: float) -> None:
    """Kaplan and Meier's estimator is the inverse of the empirical distribution where everything has ended."""
    durations = pl.DataFrame({"exit_s": [float(s) for s in lasted]}).with_columns(
        stage=pl.lit("collect"), entry_s=0.0, ended=True
    )
    expected = float(np.percentile(lasted, share * 100, method="inverted_cdf"))
    assert expected == percentiles(durations, {"found": share})["found"][0]


@given(records, st.lists(st.integers(0, 40), max_size=4))
def test_a_record_that_grows_is_read_as_one_that_is_whole(record: Sequence[Event], cuts: Sequence[int]) -> None:
    """However it is cut, and whatever is told again: the same visits, spells, run and events."""
    whole, grown = passages(_frame(record)), passages(_frame(record[:0]))
    ends = sorted([*cuts, len(record)])
    for start, end in zip([0, *ends], ends, strict=False):
        grown = extend(grown, _frame(record[max(start - 2, 0) : end]))
    place = ["stage", "item_type", "item", "visit"]
    assert whole.events.drop("place", "row").sort("id").equals(grown.events.drop("place", "row").sort("id"))
    assert whole.visits.sort(place).equals(grown.visits.sort(place))
    assert whole.spells.sort(*place, "started_at").equals(grown.spells.sort(*place, "started_at"))
    assert (whole.run, whole.recorded_at) == (grown.run, grown.recorded_at)
    assert list(range(grown.events.height)) == grown.events["row"].to_list()


@settings(max_examples=30)
@given(records, st.lists(moments, min_size=1, max_size=3), st.integers(0, 40))
def test_the_past_is_told_as_it_was(record: Sequence[Event], then: Sequence[datetime], cut: int) -> None:
    """Whatever was recorded later, and however the record grew: visits, spells and measures of that moment."""
    passed = extend(passages(_frame(record[:cut])), _frame(record[cut:]))
    for moment in then:
        told = passages_at(passed, moment)
        known = passages(_frame([event for event in record if event.at <= moment]))
        place = ["stage", "item_type", "item", "visit"]
        assert known.visits.sort(place).equals(told.visits.sort(place))
        assert known.spells.sort(*place, "started_at").equals(told.spells.sort(*place, "started_at"))
        assert (known.run, known.recorded_at) == (told.run, told.recorded_at)
        ours, theirs = measure(told, moment, MODEL), measure(known, moment, MODEL)
        assert theirs.stages.equals(ours.stages)
        assert theirs.streams.equals(ours.streams)


@given(records, moments)
def test_levels_at_a_moment_are_the_queues_of_that_moment(record: Sequence[Event], now: datetime) -> None:
    """What is drawn day by day is what the pages say, save for spells of which the end was lost."""
    until = _frame([event for event in record if event.at <= now])
    visited, worked = visits(until), spells(until)
    queue = {row["stage"]: (row["waiting"], row["in_progress"]) for row in queues(visited, now).iter_rows(named=True)}
    for row in levels_at(visited, worked, [now]).iter_rows(named=True):
        assert queue[row["stage"]] == (row["waiting"], row["working"])
        assert row["arrived"] == row["departed"] + row["waiting"] + row["working"]
