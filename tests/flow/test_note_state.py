from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from headrace.flow.note_state import NoteState, judge, judge_measured
from headrace.flow.stream import Stream, measure, passages
from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.model.goal import Unit
from headrace.model.map_measures import NoteMeasure, NotMeasured
from headrace.store.streams import read_streams

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY_S = 86400.0


def wanted(
    reference: str = "check.wait_p85_s", improved: float = 5, solved: float = 1, *, more: bool = False
) -> NoteMeasure:
    return NoteMeasure(reference, Unit.SECONDS, None, None, improved, solved, more)


def stream(*events: Event) -> Stream:
    rows = [{name: getattr(event, name) for name in EVENT_SCHEMA} for event in events]
    return measure(passages(pl.DataFrame(rows, schema=EVENT_SCHEMA)), NOW, read_streams())


@pytest.mark.parametrize(
    ("value", "more", "state"),
    [
        (6.0, False, NoteState.OPEN),
        (5.0, False, NoteState.IMPROVED),
        (1.1, False, NoteState.IMPROVED),
        (1.0, False, NoteState.SOLVED),
        (0.0, True, NoteState.OPEN),
    ],
)
def test_a_note_stands_as_its_measure_does(value: float, more: bool, state: NoteState) -> None:
    measured = wanted(improved=1, solved=5, more=True) if more else wanted()
    assert (state, value) == ((judged := judge(measured, value)).state, judged.value)


def test_more_can_be_better() -> None:
    states = [judge(wanted(improved=0.6, solved=0.8, more=True), value).state for value in (0.5, 0.6, 0.8)]
    assert [NoteState.OPEN, NoteState.IMPROVED, NoteState.SOLVED] == states


def test_what_has_no_measure_says_why() -> None:
    judged = judge_measured(NotMeasured("nobody looks"), stream())
    assert (NoteState.UNMEASURED, "nobody looks") == (judged.state, judged.reason)


def test_a_queue_that_was_never_seen_is_not_an_empty_one() -> None:
    """Nothing waits at a stage of which nothing was recorded, and that solves nothing."""
    judged = judge_measured(wanted("check.waiting", improved=5, solved=0), stream())
    assert (NoteState.UNMEASURED, None) == (judged.state, judged.value)


def test_a_percentile_that_is_not_known_yet_counts_as_what_it_exceeds() -> None:
    """One thing has waited for ten days, and nothing has ever left: that is no better than five days."""
    ready = Event(NOW - timedelta(days=10), "provision", "a", "check", Kind.READY, "run")
    judged = judge_measured(wanted(improved=5 * DAY_S, solved=DAY_S), stream(ready))
    assert (NoteState.OPEN, None, 10 * DAY_S) == (judged.state, judged.value, judged.exceeds)


def test_a_percentile_that_may_still_be_good_is_not_judged() -> None:
    """One thing has waited for an hour so far."""
    ready = Event(NOW - timedelta(hours=1), "provision", "a", "check", Kind.READY, "run")
    judged = judge_measured(wanted(improved=5 * DAY_S, solved=DAY_S), stream(ready))
    assert (NoteState.UNMEASURED, 3600.0) == (judged.state, judged.exceeds)


def test_a_measure_that_there_is_not_is_no_measure() -> None:
    assert NoteState.UNMEASURED is judge_measured(wanted("check.weight"), stream()).state
