"""One SQLite artefact, opened for reading by many threads."""

import sqlite3
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_MMAP_BYTES: Final = 1 << 30


class Database:
    """A SQLite file that never changes.

    It is opened `immutable`, so that SQLite takes no locks and writes nothing beside it. A connection serves one query
    at a time and then waits for the next, whichever thread asks; there are as many as queries ever ran at once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: deque[sqlite3.Connection] = deque()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        """What a SELECT answers; the columns of a row are read by name or position."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            self._idle.append(connection)

    def row(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Row | None:
        """The first row that a SELECT answers, if any."""
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None

    def close(self) -> None:
        """Close the connections; no query may be under way."""
        while self._idle:
            self._idle.pop().close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA mmap_size={_MMAP_BYTES}")
        return connection
