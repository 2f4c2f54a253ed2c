"""Expectations in nights: judged, kept, and waited for by a release."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from headrace.cli.app import app
from headrace.flow.visits import WAITING, visits
from headrace.model.event import Stage
from headrace.run.expectation import EXPECTATION, RESULT_SCHEMA
from headrace.store.builtin import builtin_datasets
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.processing_record import ProcessingRecord
from headrace.store.releases import Releases
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil, Rows, write_rows

SATURDAY, SUNDAY, MONDAY = "2026-11-07", "2026-11-08", "2026-11-09"
HEADER = ("reference", "name", "geometry")
ONE: Rows = [HEADER, ("CA1", "Mill Street", SQUARE)]
TWO: Rows = [*ONE, ("CA2", "Canal", SQUARE.replace("52.5", "52.7"))]
COLUMNS = ("datasets", "organisations", "operation", "parameters", "name", "severity", "schedule")


@pytest.fixture
def council(tmp_path: Path) -> OneCouncil:
    """A council that publishes one area."""
    council = OneCouncil(tmp_path)
    council.configure()
    council.publish(ONE)
    return council


def expect(council: OneCouncil, *rules: tuple[str, ...]) -> None:
    """Expect these things of conservation areas: organisations, operation, parameters, name, severity, schedule."""
    write_rows(council.pipeline / "expect.csv", [COLUMNS, *((DATASET, *rule) for rule in rules)])


def recorded(council: OneCouncil) -> list[tuple[str | None, ...]]:
    """Name, whether passed, and message of the judgements in the record of processing."""
    path = ProcessingRecord(Lake(council.lake)).live()
    assert path is not None
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, passed, message FROM expectation").fetchall()


def live_entities(council: OneCouncil) -> int:
    live = Releases(Lake(council.lake)).live()
    assert live is not None
    return sum(each.entities for each in live.datasets)


FEW = ("", "count_rows", '{"expected":2,"comparison_rule":"less_than"}', "Fewer than two", "error", "")


def test_judgements_are_kept_and_recorded(council: OneCouncil) -> None:
    """Beside the tables, with the columns of the existing platform, and in the database of the record."""
    deleted = '{"organisation_entity":{{ organisation.entity }},"expected":0}'
    expect(
        council,
        (COUNCIL, "count_deleted_entities", deleted, "Of {{ organisation.name }}", "notice", ""),
        (COUNCIL, "count_lpa_boundary", '{"lpa":"E1","expected":1}', "In its boundary", "notice", ""),
    )
    council.run(SUNDAY)
    assert recorded(council) == [
        (
            "Of Aldermere",
            "True",
            "there were 0 entities that its files no longer speak of, expected equals to 0",
        ),
        ("In its boundary", None, "not judged: 'local-planning-authority' is not available"),
    ]
    (path,) = council.lake.glob(f"dataset/{DATASET}/*/{EXPECTATION}.parquet")
    assert set(RESULT_SCHEMA) <= set(pl.read_parquet(path).columns)


def test_an_entity_that_files_no_longer_speak_of_is_counted(council: OneCouncil) -> None:
    """It was in a file of the past, and is in none of today."""
    deleted = '{"organisation_entity":{{ organisation.entity }},"expected":0}'
    expect(council, (COUNCIL, "count_deleted_entities", deleted, "Gone", "notice", ""))
    council.publish(TWO)
    council.run(SATURDAY)
    council.publish(ONE)
    council.run(SUNDAY)
    ((name, passed, message),) = recorded(council)
    assert ("Gone", "False") == (name, passed)
    assert str(message).startswith("there were 1 entities")


def test_on_other_days_the_last_judgement_stands(council: OneCouncil) -> None:
    """An expectation for Saturdays is not judged on Sunday, and again the next Saturday."""
    expect(council, (*FEW[:-1], "saturday"))
    council.run(SATURDAY)
    council.publish(TWO)
    council.run(SUNDAY)
    assert ["True"] == [passed for _, passed, _ in recorded(council)]
    council.run("2026-11-14")
    assert ["False"] == [passed for _, passed, _ in recorded(council)]


def test_what_was_never_its_day_has_no_judgement_yet(council: OneCouncil) -> None:
    """Before its first day an expectation says nothing."""
    expect(council, (*FEW[:-1], "saturday"))
    council.run(SUNDAY)
    assert [] == recorded(council)


def test_a_failed_expectation_only_reports_by_default(council: OneCouncil) -> None:
    """Without the option, everything is released."""
    expect(council, FEW)
    council.publish(TWO)
    assert 0 == council.run(SUNDAY).held
    assert 2 == live_entities(council)


def test_a_release_waits_for_what_is_held(council: OneCouncil) -> None:
    """What is live stays, the stream says why the rest waits, and once the file is right again it goes on."""
    expect(council, FEW)
    council.run(SATURDAY, hold_on="error")
    council.publish(TWO)
    for _ in range(2):
        held = council.run(SUNDAY, hold_on="error")
        assert (1, None) == (held.held, held.release)
    assert 1 == live_entities(council)
    assert [("Fewer than two: there were 2 rows, expected less than 2")] == waiting(council)
    expect(council, (*FEW[:-2], "warning", ""))
    assert 0 == council.run(MONDAY, hold_on="error").held
    assert 2 == live_entities(council)
    assert [] == waiting(council)


def test_what_is_again_as_it_is_live_waits_no_longer(council: OneCouncil) -> None:
    """A rule that spoils the names is held, and once it is taken back nothing is left to wait."""
    expect(
        council, ("", "check_allowed_values", '{"field":"name","allowed_values":["Mill Street"]}', "Names", "error", "")
    )
    council.run(SATURDAY, hold_on="error")
    patch = council.pipeline / "patch.csv"
    before = patch.read_bytes()
    write_rows(patch, [("dataset", "field", "pattern", "value"), (DATASET, "name", "Mill Street", "")])
    assert 1 == council.run(SUNDAY, hold_on="error").held
    assert 1 == len(waiting(council))
    patch.write_bytes(before)
    assert 0 == council.run(MONDAY, hold_on="error").held
    assert [] == waiting(council)


def test_what_is_live_is_not_held(council: OneCouncil) -> None:
    """An expectation that is new and fails on what is live has nothing to hold."""
    council.publish(TWO)
    council.run(SATURDAY)
    expect(council, FEW)
    assert 0 == council.run(SUNDAY, hold_on="error").held
    assert ["False"] == [passed for _, passed, _ in recorded(council)]


def test_a_dataset_that_was_never_live_is_left_out(council: OneCouncil) -> None:
    """There is nothing to keep, so the release has none of it."""
    expect(council, FEW)
    council.publish(TWO)
    assert 1 == council.run(SUNDAY, hold_on="error").held
    assert 0 == live_entities(council)


def waiting(council: OneCouncil) -> list[str]:
    """Why datasets wait to be published."""
    events = EventRecord(Lake(council.lake)).read().filter(pl.col("stage") == Stage.PUBLISH.value)
    return visits(events).filter(WAITING)["reason"].to_list()


def test_the_command_takes_a_severity(council: OneCouncil) -> None:
    """`headrace night --hold-on error` holds; a severity that is none is refused before anything is done."""
    expect(council, FEW)
    council.publish(TWO)
    folder = council.folder
    given = ["night", "--lake", str(council.lake), "--config", str(folder / "config"), "--allow-file", "--json"]
    given += ["--specification", str(builtin_datasets() / "specification"), "--dataset", DATASET, "--workers", "1"]
    refused = CliRunner().invoke(app, [*given, "--hold-on", "grave"])
    assert 2 == refused.exit_code
    assert not council.lake.exists()
    held = CliRunner().invoke(app, [*given, "--date", SUNDAY, "--hold-on", "error"])
    assert 1 == json.loads(held.output)["held"]
