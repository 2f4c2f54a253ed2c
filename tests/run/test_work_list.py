"""What waits for a person, found in the event record, the collection log and the record of replacements."""

import shlex
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from drawn_attempts import draw_log
from headrace.model.event import Kind as Happened
from headrace.model.event import Stage
from headrace.report.work_list import Kind, Ranked
from headrace.run.work_list import find_work, read_sources
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look, ReplacementRecord
from headrace.store.streams import read_streams

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
OLD = NOW - timedelta(days=10)


@pytest.fixture
def record(tmp_path: Path) -> EventRecord:
    """The event record of a lake of which an endpoint was asked last night, so that there is no silence."""
    events = EventRecord(Lake(tmp_path), "run", lambda: OLD)
    asked = NOW - timedelta(hours=8)
    events.emit("endpoint", "e", Stage.COLLECT, Happened.STARTED, at=asked)
    events.emit("endpoint", "e", Stage.COLLECT, Happened.FINISHED, at=asked)
    return events


def _work(root: Path) -> list[Ranked]:
    return find_work(read_sources(Lake(root)), NOW)


def _said(root: Path, *names: str) -> list[tuple[object, ...]]:
    return [tuple(each.as_row()[name] for name in names) for each in _work(root)]


def test_where_nothing_waits_nothing_is_listed(record: EventRecord, tmp_path: Path) -> None:
    """Nor in a lake of which nothing is known."""
    record.close()
    assert [] == _work(tmp_path)
    assert [] == _work(tmp_path / "none")


def test_references_of_one_reason_are_one_thing_to_do(record: EventRecord, tmp_path: Path) -> None:
    """With the command that does it, whoever's they are; one that is held back for another reason is another."""
    for number, organisation in enumerate(("x:A", "x:A", "x:B")):
        whose = {"dataset": "tree", "organisation": organisation}
        record.emit("reference", f"r{number}", Stage.ASSIGN, Happened.READY, reason="no entity", **whose)
    record.emit("reference", "r9", Stage.ASSIGN, Happened.READY, dataset="tree", organisation="x:C")
    record.emit(
        "reference", "r9", Stage.ASSIGN, Happened.BLOCKED, dataset="tree", organisation="x:C", reason="too many"
    )
    record.close()
    command = "headrace entity assign --dataset tree --lake LAKE --config CONFIG --specification SPECIFICATION"
    assert [
        (Kind.ASSIGN, "3 references of 2 organisations", None, "no entity", "data manager", command),
        (Kind.ASSIGN, "1 reference", "x:C", "too many", "data manager", command),
    ] == _said(tmp_path, "kind", "what", "organisation", "reason", "role", "command")


def test_an_endpoint_that_was_retired_is_no_work(record: EventRecord, tmp_path: Path) -> None:
    """However it last failed; where it was configured again, it is."""
    for endpoint in ("a", "b", "c"):
        record.emit("endpoint", endpoint, "repair", Happened.READY, at=OLD)
    for endpoint in ("a", "b"):
        record.emit("endpoint", endpoint, "repair", Happened.ABANDONED, at=OLD + timedelta(days=1))
    record.emit("endpoint", "b", "configure", Happened.FINISHED, at=OLD + timedelta(days=2))
    record.close()
    nights = dict.fromkeys(("a", "b", "c"), "o" * 20 + "x" * 10)
    AttemptLog(Lake(tmp_path), "", "others").add(draw_log(nights, first=date(2026, 11, 1) - timedelta(days=1)))
    said = {row[0] for row in _said(tmp_path, "what") if str(row[0]).startswith("https")}
    assert {"https://b.example/register.csv?a=<b>", "https://c.example/register.csv?a=<b>"} == said


def test_endpoints_are_worked_on_by_the_rules_of_the_schedule(record: EventRecord, tmp_path: Path) -> None:
    """Not yet, tell, end: after 7 and 30 days; and where a replacement was found, it is that to look at."""
    record.close()
    nights = {"a": "o" * 25 + "x" * 5, "b": "o" * 20 + "x" * 10, "c": "x" * 31, "d": "o" * 25 + "x" * 5}
    AttemptLog(Lake(tmp_path), "", "others").add(draw_log(nights, first=date(2026, 11, 1) - timedelta(days=1)))
    hostile = "https://new.example/a.csv?x=1;rm -rf $(HOME)"
    look = Look(endpoint="d", looked_on=date(2026, 11, 29), page="p", replacement=hostile, text="t", why="w")
    ReplacementRecord(Lake(tmp_path), "look").add([look])
    said = {row[0]: row[1:] for row in _said(tmp_path, "what", "kind", "action", "command")}
    assert {"https://b.example/register.csv?a=<b>", "https://c.example/register.csv?a=<b>"} < set(said)
    assert 3 == len(said)
    assert (Kind.ENDPOINT, "Tell its publisher") == said["https://b.example/register.csv?a=<b>"][:2]
    assert str(said["https://c.example/register.csv?a=<b>"][1]).startswith("Look for a new source")
    kind, _, command = said["https://d.example/register.csv?a=<b>"]
    assert (Kind.REPLACEMENT, hostile) == (kind, shlex.split(str(command))[3])


def test_what_waits_for_a_person_at_a_stage_is_listed_one_by_one(record: EventRecord, tmp_path: Path) -> None:
    """By the role of the stage; the schedule needs nobody."""
    record.emit("consideration", "tree", "go-no-go", Happened.READY)
    record.emit("provision", "tree/x:A", "configure", Happened.READY, dataset="tree", organisation="x:A")
    record.emit("resource", "f" * 64, Stage.TRANSFORM, Happened.READY, at=NOW - timedelta(hours=1))
    record.close()
    assert {
        ("Go or no go: tree", "service owner", "Decide whether it goes further"),
        ("Configure: tree/x:A", "data manager", "Add the endpoint to the configuration"),
    } == set(_said(tmp_path, "what", "role", "action"))


def test_a_publisher_is_reminded_when_it_takes_longer_than_expected(record: EventRecord, tmp_path: Path) -> None:
    """By the data manager; until then it is only waited for."""
    expected = timedelta(seconds=read_streams().stages["publish-locally"].expected_wait_s or 0)
    for item, at in (("late", NOW - expected - timedelta(days=1)), ("early", NOW - expected + timedelta(days=1))):
        record.emit("provision", item, "publish-locally", Happened.READY, at=at)
    record.close()
    ((what, role, action),) = _said(tmp_path, "what", "role", "action")
    assert ("Publish locally: late", "data manager") == (what, role)
    assert str(action).startswith("Remind them: ")


def test_files_that_cannot_be_read_are_told_to_the_publisher(record: EventRecord, tmp_path: Path) -> None:
    """With how many of them there are, and why."""
    for number in range(2):
        whose = {"dataset": "tree", "organisation": "x:A"}
        record.emit("resource", f"f{number}", Stage.CONVERT, Happened.READY, **whose)
        record.emit("resource", f"f{number}", Stage.CONVERT, Happened.STARTED, **whose)
        record.emit("resource", f"f{number}", Stage.CONVERT, Happened.FAILED, reason="a PDF", **whose)
    record.close()
    assert [
        (
            Kind.UNREADABLE,
            "2 files that cannot be read",
            "a PDF",
            "headrace report provider x:A --dataset tree --lake LAKE",
        )
    ] == _said(tmp_path, "kind", "what", "reason", "command")


def test_a_dataset_that_is_held_is_listed_with_the_reason(record: EventRecord, tmp_path: Path) -> None:
    """And the two ways out of it."""
    for kind, reason in ((Happened.READY, None), (Happened.BLOCKED, "half of the trees are gone")):
        record.emit("dataset", "tree", Stage.PUBLISH, kind, dataset="tree", reason=reason)
    record.close()
    assert [(Kind.HELD, "tree is held as it was", "half of the trees are gone", "/stream/item/dataset/tree")] == _said(
        tmp_path, "kind", "what", "reason", "address"
    )


def test_a_night_that_was_missed_and_is_over_is_no_work(tmp_path: Path) -> None:
    """Nobody can make up for it; reports tell of it."""
    events = EventRecord(Lake(tmp_path), "run", lambda: OLD)
    for days in (5, 4, 2, 1, 0):
        at = NOW - timedelta(days=days, hours=8)
        events.emit("endpoint", "e", Stage.COLLECT, Happened.STARTED, at=at)
        events.emit("endpoint", "e", Stage.COLLECT, Happened.FINISHED, at=at)
    events.close()
    assert [] == _work(tmp_path)


def test_silence_is_work(tmp_path: Path) -> None:
    """Nobody was asked for days: a developer looks why."""
    events = EventRecord(Lake(tmp_path), "run", lambda: OLD)
    events.emit("endpoint", "e", Stage.COLLECT, Happened.STARTED)
    events.emit("endpoint", "e", Stage.COLLECT, Happened.FINISHED)
    events.close()
    said = _said(tmp_path, "kind", "role", "command")
    assert (
        Kind.SILENCE,
        "developer",
        "headrace night --lake LAKE --config CONFIG --specification SPECIFICATION",
    ) in said


def test_work_that_does_not_end_is_found_where_it_is_worked_on(tmp_path: Path) -> None:
    """And not in the queue of its stage, which it has left."""
    events = EventRecord(Lake(tmp_path), "run", lambda: OLD)
    events.emit("consideration", "Trees", "screen", Happened.STARTED, at=NOW - timedelta(days=100))
    events.close()
    found = [each.as_row() for each in _work(tmp_path) if each.work.stage == "screen"]
    assert [("Ask how it stands, and record it", "/stream/screen?state=in_progress")] == [
        (row["action"], row["address"]) for row in found
    ]
