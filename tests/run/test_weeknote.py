"""The facts of a week, gathered from the record of a lake."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from drawn_attempts import draw_log
from headrace.flow.stream import passages
from headrace.model.event import Kind, Stage
from headrace.model.goal import Aim, Goals, KeyResult, Objective, Unit
from headrace.model.week import Week
from headrace.run.endpoint_errors import read_endpoint_errors
from headrace.run.goals import ToldPast
from headrace.run.weeknote import end_of, gather_week, known_weeks, read_weeknote, tell_goals
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.goals import read_goals
from headrace.store.lake import Lake
from headrace.store.streams import read_streams

NOW = datetime(2026, 12, 2, 9, tzinfo=UTC)
WEEK = Week.parse("2026-W47")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake in which references came on three days of November, and one of them got its number in the week."""
    lake = Lake(tmp_path)
    AttemptLog(lake, "", "others").add(draw_log({"a": "o" * 15 + "  " + "o" * 12, "b": "o" * 15 + "  " + "x" * 12}))
    events = EventRecord(lake, "run", lambda: NOW)
    for day in (3, 17, 18):
        at = datetime(2026, 11, day, 9, tzinfo=UTC)
        events.emit("reference", f"r{day}", Stage.ASSIGN, Kind.READY, at=at, dataset="tree")
    events.emit("reference", "r3", Stage.ASSIGN, Kind.FINISHED, at=datetime(2026, 11, 19, tzinfo=UTC))
    events.emit("release", "r1", Stage.RELEASE, Kind.FINISHED, at=datetime(2026, 11, 20, 2, tzinfo=UTC))
    events.close()
    return lake


def test_a_week_has_its_facts_and_those_of_the_week_before(lake: Lake) -> None:
    """Lists, attempts, missed nights, the constraint and the releases."""
    passed, errors = passages(EventRecord(lake).read()), read_endpoint_errors(lake)
    facts = gather_week(WEEK, passed, errors, NOW)
    assert {"passed-assign": 1, "came-assign": 2, "waits-assign": 2}.items() <= {
        name: rows.height for name, rows in facts.lists.items()
    }.items()
    assert {"waits-assign": 1, "added": 0}.items() <= {"added": 0, **facts.before}.items()
    assert (10, 5, 14) == (facts.asked.attempts, facts.asked.failed, facts.asked_before.attempts)
    assert [date(2026, 11, 16), date(2026, 11, 17)] == facts.missed
    assert ["r1"] == [each.release for each in facts.releases]
    assert facts.constraint is not None
    assert "assign" == facts.constraint[0]
    assert "https://b.example/register.csv?a=<b>" == facts.addresses["b"]


def test_the_constraint_is_that_of_the_time(lake: Lake) -> None:
    """What was recorded after the end of the week does not change it: one waited, from the third to the fifth day."""
    passed, errors = passages(EventRecord(lake).read()), read_endpoint_errors(lake)
    facts = gather_week(Week.parse("2026-W45"), passed, errors, NOW)
    assert facts.constraint == ("assign", pytest.approx(1.0))


def test_weeks_are_known_from_the_log_and_from_the_record(lake: Lake) -> None:
    """The latest first; a lake without either has none."""
    passed, errors = passages(EventRecord(lake).read()), read_endpoint_errors(lake)
    assert ["2026-W48", "2026-W47", "2026-W46", "2026-W45", "2026-W44"] == list(map(str, known_weeks(passed, errors)))
    nothing = Lake(lake.root / "none")
    assert [] == known_weeks(passages(EventRecord(nothing).read()), read_endpoint_errors(nothing))


def test_a_week_is_told_to_its_end_or_so_far() -> None:
    """And one that is to come as a whole."""
    this = Week.of(NOW.date())
    assert [WEEK.end, NOW, this.after.end] == [end_of(week, NOW) for week in (WEEK, this, this.after)]


def _goals(measure: str) -> Goals:
    result = KeyResult("queue", "References that wait", measure, Unit.COUNT, Aim.AT_MOST, 0.0, None, date(2027, 3, 31))
    return replace(read_goals(), objectives=(Objective("o", "O", "why", (), (result,)),))


def test_goals_are_told_as_they_stood(lake: Lake) -> None:
    """At the end of the week, beside its beginning; a stage of which nothing is recorded is left out."""
    passed, model = passages(EventRecord(lake).read()), read_streams()
    told = tell_goals(WEEK, passed, _goals("assign.waiting"), ToldPast(), model, NOW)
    assert [
        ("References that wait", "2, to be at most 0 by 31 March 2027; a week before it was 1", "/goals#queue")
    ] == [(goal.title, goal.said, goal.address) for goal in told]
    assert [] == tell_goals(WEEK, passed, _goals("triage.waiting"), ToldPast(), model, NOW)
    long_ago = Week.of(NOW.date() - timedelta(days=700))
    assert [] == tell_goals(long_ago, passed, _goals("assign.waiting"), ToldPast(), model, NOW)


def test_the_note_of_last_week_is_written_where_none_is_named(lake: Lake) -> None:
    """The latest that is over."""
    assert read_weeknote(lake, None, NOW, read_goals()).startswith("# Week 48 of 2026\n")
    assert "[2](/weeknote/2026-W47/waits-assign) wait at the end of the week" in read_weeknote(
        lake, WEEK, NOW, read_goals()
    )
