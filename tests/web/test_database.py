"""A SQLite file that many threads read."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from headrace.web.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small database whose name needs quoting in a URL."""
    file = tmp_path / "a ?#%.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE n AS SELECT value FROM json_each('[1,2,3]')")
    connection.close()
    return file


def test_many_threads_read_at_once(path: Path) -> None:
    """Queries of many threads answer as one alone would."""
    database = Database(path)
    with ThreadPoolExecutor(8) as threads:
        sums = list(threads.map(lambda _: database.rows("SELECT sum(value) FROM n")[0][0], range(200)))

    assert [6] * 200 == sums
    database.close()


def test_nothing_is_written(path: Path) -> None:
    """The file cannot be changed, and nothing appears beside it."""
    database = Database(path)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.rows("DELETE FROM n")
    assert database.row("SELECT value FROM n WHERE value = 9") is None
    assert [path] == list(path.parent.iterdir())
    database.close()
