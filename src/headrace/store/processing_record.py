"""The record of processing as it is served: databases beside the live release, replaced after a run.

They are no part of a release: they tell when things happened, and a release is the same whenever it is made.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import polars as pl

from headrace.store.file import write_whole
from headrace.store.lake import Lake

NAME: Final = "record.sqlite3"


DIGITAL_LAND: Final = "digital-land.sqlite3"
"""The tables of all datasets together, which with those of the record are what users of the existing platform know
under this name."""


class ProcessingRecord:
    """A database among the artefacts, and a pointer to it: `record/live` is that of the record of processing.

    The pointer holds the hash of the database and, where that was given, of what the database was made of.
    """

    def __init__(self, lake: Lake, name: str = NAME) -> None:
        self._lake = lake
        self._name = name
        self._pointer = lake.root / "record" / ("live" if name == NAME else name.removesuffix(".sqlite3"))

    def go_live(self, file: Path, made_of: str = "") -> None:
        """Move a finished database into the lake and switch to it; the one before it is left for its readers."""
        artefact = self._lake.keep_artefact(file, self._name, "application/vnd.sqlite3")
        write_whole(self._pointer, f"{artefact.sha256} {made_of}".rstrip().encode() + b"\n")

    def live(self) -> Path | None:
        """Where the database being served is; None before the first."""
        said = self._said()
        return self._lake.artefact_path(said[0]) if said else None

    def made_of(self) -> str | None:
        """The hash of what the database being served was made of; None where it is not known."""
        said = self._said()
        return said[1] if len(said) > 1 else None

    def _said(self) -> list[str]:
        try:
            return self._pointer.read_text().split()
        except FileNotFoundError:
            return []

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
