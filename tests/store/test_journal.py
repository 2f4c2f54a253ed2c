"""The journal: rows outlive the run that wrote them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from headrace.store.journal import Journal, Segments

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


def test_history_is_read_with_the_rest(tmp_path: Path) -> None:
    """Rows of many days that came at once are one file, and rows like any other."""
    journal = Journal(tmp_path, SCHEMA, "import")
    journal.append(NOON, {"at": NOON, "item": "own", "count": 1})
    days = [NOON - timedelta(days=day) for day in range(1000)]
    journal.add_history(pl.DataFrame({"at": days, "item": "a", "count": 1}, schema=SCHEMA))
    assert len(list(tmp_path.glob("*/*.parquet"))) == 1
    assert Journal(tmp_path, SCHEMA, "reader").read().height == 1001
    assert Journal(tmp_path, SCHEMA, "reader").read(where=pl.col("item") == "own").height == 1


def test_what_was_added_can_be_read_alone(tmp_path: Path) -> None:
    """Lines are read from where they ended, and a line that was half there is read whole."""
    journal, reader = Journal(tmp_path, SCHEMA, "run"), Journal(tmp_path, SCHEMA, "reader")

    def items_since(before: Segments) -> list[str]:
        return reader.read_since(before)["item"].to_list()

    journal.append(NOON, {"at": NOON, "item": "a", "count": 1})
    after_a = reader.segments()
    assert items_since(after_a) == []
    journal.append(NOON, {"at": NOON, "item": "b", "count": 1})
    assert items_since(after_a) == ["b"]
    segment = next(tmp_path.glob("*/*.ndjson"))
    whole = segment.read_bytes() + b'{"at":"2026-11-24T12:00:00Z","item":"c","count":1}\n'
    segment.write_bytes(whole[:-9])
    torn = reader.segments()
    assert items_since(after_a) == ["b"]
    segment.write_bytes(whole)
    assert items_since(torn) == ["c"]
    journal.close()
    assert items_since(torn) == ["a", "b", "c"]
    assert items_since(reader.segments()) == []
