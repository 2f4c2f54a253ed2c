"""The journal: rows outlive the run that wrote them."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from headrace.store.journal import Journal

SCHEMA = pl.Schema([("at", pl.Datetime("us", "UTC")), ("item", pl.String()), ("count", pl.Int64())])
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_rows_are_read_whether_or_not_the_run_has_ended(tmp_path: Path) -> None:
    """What was appended is there at once, and is the same once it has become Parquet."""
    journal = Journal(tmp_path, SCHEMA, "run")
    journal.append(NOON, {"at": NOON, "item": "a", "count": 1})
    before = Journal(tmp_path, SCHEMA, "reader").read()
    journal.close()
    after = Journal(tmp_path, SCHEMA, "reader").read()
    assert before.rows() == [(NOON, "a", 1)]
    assert before.equals(after)


def test_a_torn_last_line_is_not_read(tmp_path: Path) -> None:
    """A line without its end is what a machine that lost power leaves; the rows before it are whole."""
    Journal(tmp_path, SCHEMA, "run").append(NOON, {"at": NOON, "item": "a", "count": 1})
    segment = next(tmp_path.glob("*/*.ndjson"))
    segment.write_bytes(segment.read_bytes() + b'{"at":"2026-11-24T12:00:00Z","it')
    assert Journal(tmp_path, SCHEMA, "reader").read().rows() == [(NOON, "a", 1)]


def test_segments_of_interrupted_runs_are_settled_by_the_next(tmp_path: Path) -> None:
    """Nothing that an interrupted run wrote is lost or written over."""
    for item in ("a", "b"):
        Journal(tmp_path, SCHEMA, "same-name").append(NOON, {"at": NOON, "item": item, "count": None})
    following = Journal(tmp_path, SCHEMA, "same-name")
    following.settle()
    following.append(NOON, {"at": NOON, "item": "c", "count": None})
    following.close()
    assert {"a", "b", "c"} == set(Journal(tmp_path, SCHEMA, "reader").read()["item"])
    assert list(tmp_path.glob("*/*.ndjson")) == []


def test_the_version_changes_with_every_row(tmp_path: Path) -> None:
    """Readers that keep what they computed know when to compute it again."""
    journal = Journal(tmp_path, SCHEMA, "run")
    versions = {journal.version()}
    for count in range(3):
        journal.append(NOON, {"at": NOON, "item": "a", "count": count})
        versions.add(Journal(tmp_path, SCHEMA, "reader").version())
    assert len(versions) == 4
