"""Rows laid out at once are the rows that SQLite would have inserted."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headrace.publish.sqlite_file import add_indexes, add_table, lay_rows, new_database
from headrace.publish.sqlite_tree import Run, runs_of_equals, spread

INDEXED = ("said", "by")
LEAF_OF_TABLE, LEAF_OF_INDEX = 28, 54
"""About how many of these rows a page takes."""


def statements(count: int) -> pl.DataFrame:
    """So many rows, some without a day, with numbers of one to five bytes and keys that are often the same."""
    names = [sha256(str(number // 3).encode()).hexdigest() for number in range(count)]
    rows = {
        "nothing": pl.Series([None] * count, dtype=pl.String),
        "said": pl.Series(names, dtype=pl.String),
        "on": pl.Series([None if number % 7 == 3 else f"2024-01-{number % 28 + 1:02}" for number in range(count)]),
        "number": pl.Series([(-1) ** number * 3 ** (number % 24) for number in range(count)], dtype=pl.Int64),
        "by": pl.Series([sha256(str(number % 5).encode()).hexdigest() for number in range(count)], dtype=pl.String),
    }
    return pl.DataFrame(rows).with_columns(pl.col("on").cast(pl.String))


def laid(frame: pl.DataFrame, to: Path) -> Path:
    """A database in which the rows were laid out."""
    with new_database(to) as connection:
        add_table(connection, "statement", frame.clear())
        add_indexes(connection, "statement", INDEXED)
        add_table(connection, "other", pl.DataFrame({"by": ["somebody"]}))
    lay_rows(to, "statement", frame, INDEXED)
    return to


def inserted(frame: pl.DataFrame, to: Path) -> Path:
    """A database into which SQLite inserted them."""
    with new_database(to) as connection:
        add_table(connection, "statement", frame)
        add_indexes(connection, "statement", INDEXED)
    return to


def ask(file: Path, question: str) -> list[tuple[object, ...]]:
    """What a database answers."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


EDGES = [
    *(1, 2, LEAF_OF_TABLE - 2, LEAF_OF_TABLE, LEAF_OF_TABLE + 2, LEAF_OF_INDEX, LEAF_OF_INDEX + 1, 2 * LEAF_OF_INDEX),
    *(127, 128, 129, 7_000, 16_384, 40_000),
]


@pytest.mark.parametrize("count", EDGES)
def test_laid_rows_are_those_inserted(count: int, tmp_path: Path) -> None:
    """SQLite finds the file whole, reads the same rows from it, and has the same statistics, at the edges of pages."""
    frame = statements(count)
    file, other = laid(frame, tmp_path / "laid"), inserted(frame, tmp_path / "inserted")
    assert ask(file, "PRAGMA integrity_check") == [("ok",)]
    every = "SELECT * FROM statement ORDER BY 1, 2, 3, 4, 5"
    assert ask(other, every) == ask(file, every)
    numbers = "SELECT * FROM sqlite_stat1 WHERE tbl = 'statement' ORDER BY idx"
    assert ask(other, numbers) == ask(file, numbers)


def test_indexes_find_what_they_should(tmp_path: Path) -> None:
    """A key is looked up in the index, and every row that has it is found."""
    frame = statements(20_000)
    file = laid(frame, tmp_path / "laid")
    name = frame["by"][17]
    question = f"SELECT count(*) FROM statement WHERE by = '{name}'"
    assert ask(file, question) == [(frame.filter(pl.col("by") == name).height,)]
    ((*_, plan),) = ask(file, f"EXPLAIN QUERY PLAN {question}")
    assert "statement_on_by_index" in str(plan)


def test_a_laid_file_can_be_changed(tmp_path: Path) -> None:
    """Whoever downloads it may write to it: SQLite splits, joins and frees the pages as its own."""
    file = laid(statements(20_000), tmp_path / "laid")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM statement WHERE rowid % 3 = 0")
        connection.execute("INSERT INTO statement (said, by) SELECT hex(randomblob(32)), 'me' FROM statement")
        connection.commit()
        connection.execute("VACUUM")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM statement").fetchall() == [(2 * (20_000 - 20_000 // 3),)]


def test_no_rows_leave_the_table_empty(tmp_path: Path) -> None:
    """A dataset without facts has its tables all the same."""
    file = laid(statements(0), tmp_path / "laid")
    assert ask(file, "SELECT count(*) FROM statement") == [(0,)]


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    """The bytes of a file depend on its rows alone."""
    first, again = laid(statements(3_000), tmp_path / "first"), laid(statements(3_000), tmp_path / "again")
    assert first.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("text", ["x" * 1_100, None])
def test_keys_that_cannot_be_laid_out_are_refused(text: str | None, tmp_path: Path) -> None:
    """A record that is too long for a page, or a key that is missing, is an error and not a broken file."""
    frame = statements(3).with_columns(by=pl.Series(["y" * 1_100, "z" * 1_100, text]))
    with pytest.raises(ValueError, match="laid out"):
        laid(frame, tmp_path / "laid")


@settings(max_examples=200)
@given(st.integers(1, 100_000), st.integers(2, 300))
def test_every_page_has_cells(count: int, most: int) -> None:
    """No page is empty or too full, and with those that go to the level above none is lost."""
    sizes = spread(count, most)
    assert all(1 <= size <= most for size in sizes)
    assert count == sum(sizes) + len(sizes) - 1


def test_rows_that_are_alike_are_numbered_together() -> None:
    """Those with a day first, as the first row has one; numbers of two bytes begin a run of their own."""
    runs = runs_of_equals(statements(200))
    assert [run.first for run in runs] == [1, 128, 172]
    assert [Run] * 3 == [type(run) for run in runs]
    assert 0 == runs[0].rows["on"].null_count()
    assert runs[2].rows["on"].null_count() == len(runs[2].rows)
