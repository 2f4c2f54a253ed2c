"""The record of processing as it is served: a database beside the live release, replaced after each run.

It is no part of a release: it tells when things happened, and a release is the same whenever it is made.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import polars as pl

from headrace.store.file import write_whole
from headrace.store.lake import Lake

NAME: Final = "record.sqlite3"


class ProcessingRecord:
    """The database among the artefacts, and the pointer `record/live` that holds its hash."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._pointer = lake.root / "record" / "live"

    def go_live(self, file: Path) -> None:
        """Move a finished database into the lake and switch to it; the one before it is left for its readers."""
        artefact = self._lake.keep_artefact(file, NAME, "application/vnd.sqlite3")
        write_whole(self._pointer, f"{artefact.sha256}\n".encode())

    def live(self) -> Path | None:
        """Where the database being served is; None before the first."""
        try:
            return self._lake.artefact_path(self._pointer.read_text().strip())
        except FileNotFoundError:
            return None

    def read(self, table: str, schema: pl.Schema) -> pl.DataFrame:
        """A table of the live database in the columns of a schema; a table or column that it lacks is empty."""
        path = self.live()
        if path is None:
            return pl.DataFrame(schema=schema)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            known = {column for _, column, *_ in connection.execute(f'PRAGMA table_info("{table}")')}
            said = ", ".join(f'"{column}"' if column in known else "NULL" for column in schema)
            rows = connection.execute(f'SELECT {said} FROM "{table}"').fetchall() if known else []
        return pl.DataFrame(rows, schema=schema, orient="row")
