"""The record of processing."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from headrace.publish.record import write_record_sqlite

TABLES = {
    "log": pl.DataFrame(
        {
            "endpoint": ["e1", "e1"],
            "resource": ["r1", None],
            "started_at": [datetime(2024, 5, 1, 1, 2, 3, tzinfo=UTC), datetime(2024, 5, 2, 1, 2, 3, tzinfo=UTC)],
        }
    ),
    "endpoint": pl.DataFrame({"endpoint": ["e1"], "endpoint_url": ["https://millshire.example/a.csv"]}),
    "resource": pl.DataFrame({"resource": ["r1", "r1"], "bytes": [10, 10]}),
}


def test_any_frames_become_tables(tmp_path: Path) -> None:
    """Each frame is a table, which people can join in SQL."""
    write_record_sqlite(TABLES, tmp_path / "record.sqlite3")

    with sqlite3.connect(tmp_path / "record.sqlite3") as connection:
        rows = connection.execute(
            "SELECT endpoint_url, started_at FROM log JOIN endpoint USING (endpoint) WHERE resource IS NULL"
        ).fetchall()
    assert [("https://millshire.example/a.csv", "2024-05-02T01:02:03.000000Z")] == rows


def test_keys_are_found(tmp_path: Path) -> None:
    """A column named like its table is its key where it is unique, and other tables refer to it; else it is not."""
    write_record_sqlite(TABLES, tmp_path / "record.sqlite3")

    with sqlite3.connect(tmp_path / "record.sqlite3") as connection:
        keys = {
            table: connection.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk").fetchall()
            for table in TABLES
        }
        references = connection.execute("SELECT \"table\" FROM pragma_foreign_key_list('log')").fetchall()
    assert {"log": [], "endpoint": [("endpoint",)], "resource": []} == keys
    assert [("endpoint",)] == references


def test_same_frames_same_bytes(tmp_path: Path) -> None:
    """The order in which frames are given does not show in the file."""
    write_record_sqlite(TABLES, tmp_path / "a")
    write_record_sqlite(dict(reversed(TABLES.items())), tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
