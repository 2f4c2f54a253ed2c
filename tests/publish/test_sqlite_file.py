"""A SQLite file made in one go."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from headrace.publish.sqlite_file import add_table, new_database


def kept(frame: pl.DataFrame, file: Path) -> list[tuple[object, ...]]:
    with new_database(file) as connection:
        add_table(connection, "t", frame)
    with sqlite3.connect(file) as connection:
        return connection.execute("SELECT * FROM t").fetchall()


def test_values_are_kept_as_sqlite_keeps_them(tmp_path: Path) -> None:
    """Moments and days are ISO text, truth is a number, lists and structures are JSON, nothing is NULL."""
    frame = pl.DataFrame(
        {
            "moment": [datetime(2024, 5, 1, 12, 30, 0, 5, UTC), None],
            "day": [date(2024, 5, 1), None],
            "truth": [True, None],
            "many": [["a", 'b"'], None],
            "parts": [{"x": 1, "y": None}, None],
            "bytes": [b"\x00", None],
            "share": [0.5, None],
        }
    )

    assert kept(frame, tmp_path / "t.sqlite3") == [
        ("2024-05-01T12:30:00.000005Z", "2024-05-01", 1, '["a","b\\""]', '{"x":1,"y":null}', b"\x00", 0.5),
        (None, None, None, None, None, None, None),
    ]


def test_names_are_quoted(tmp_path: Path) -> None:
    """A column may be called anything."""
    frame = pl.DataFrame({"select": [1], 'a "b"': [2]})

    assert [(1, 2)] == kept(frame, tmp_path / "t.sqlite3")


def test_unfinished_file_does_not_stay(tmp_path: Path) -> None:
    """When making it fails, there is no file that could be taken for a whole one."""
    file = tmp_path / "t.sqlite3"
    with pytest.raises(sqlite3.OperationalError), new_database(file) as connection:
        connection.execute("this is not SQL")

    assert [] == list(tmp_path.iterdir())


def test_file_is_replaced(tmp_path: Path) -> None:
    """What was there before is gone."""
    file = tmp_path / "t.sqlite3"
    kept(pl.DataFrame({"a": [1]}), file)

    assert [(2,)] == kept(pl.DataFrame({"a": [2]}), file)
