"""The tables of all datasets together, under the names of the existing platform."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from headrace.store.lake import Lake
from headrace.store.processing_record import DIGITAL_LAND, ProcessingRecord
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil

HEADER = ("reference", "name", "geometry", "start-date")


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> OneCouncil:
    """Two nights: the second finds a reference that is not known, and no bad date."""
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    council.publish([HEADER, ("CA1", "Mill", SQUARE, "31/02/2020")])
    council.run("2026-11-01")
    council.publish([HEADER, ("CA1", "Mill", SQUARE, ""), ("CA99", "Lock", SQUARE, "")])
    council.run("2026-11-08")
    return council


def live(council: OneCouncil) -> Path:
    """The database as it is live."""
    path = ProcessingRecord(Lake(council.lake), DIGITAL_LAND).live()
    assert path is not None
    return path


def query(council: OneCouncil, sql: str) -> list[tuple[Any, ...]]:
    """What SQL says."""
    with closing(sqlite3.connect(live(council))) as connection:
        return connection.execute(sql).fetchall()


def test_issues_are_those_of_every_resource(council: OneCouncil) -> None:
    """Those of the file that is no longer published too, as on the existing platform."""
    said = query(council, "SELECT dataset, issue_type FROM issue WHERE field != '' ORDER BY issue_type")
    assert {(DATASET, "invalid date"), (DATASET, "unknown entity")} <= set(said)


def test_references_that_wait_for_an_entity_are_dated(council: OneCouncil) -> None:
    """By the night on which each was seen first."""
    assert query(council, "SELECT entry_date, issue_type FROM operational_issue") == [("2026-11-08", "unknown entity")]


def test_how_each_resource_was_read(council: OneCouncil) -> None:
    """Two resources, both read, with the time that it took."""
    rows = query(council, "SELECT dataset, status, exception, elapsed FROM converted_resource")
    assert [row[:3] for row in rows] == [(DATASET, "success", None)] * 2
    assert all(row[3] >= 0 for row in rows)
    assert query(council, "SELECT DISTINCT organisation FROM resource_organisation") == [(COUNCIL,)]


def test_a_night_without_a_change_leaves_it_alone(council: OneCouncil) -> None:
    """The same file stays live, and a change makes another."""
    before = live(council)
    changed = before.stat().st_mtime_ns
    council.run("2026-11-09")
    assert (live(council), live(council).stat().st_mtime_ns) == (before, changed)
    council.publish([HEADER, ("CA2", "Canal", SQUARE, "")])
    council.run("2026-11-10")
    assert live(council) != before
