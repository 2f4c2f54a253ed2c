"""What resources were found to say: one row for each resource and way of reading it."""

from datetime import datetime
from typing import Final

import polars as pl

from headrace.store.journal import Journal
from headrace.store.lake import Lake

CONTENT_SCHEMA: Final = pl.Schema([("resource", pl.String()), ("readings", pl.String()), ("content", pl.String())])
"""Hash of the bytes, hash of how they were read, hash of what they say; the last is null where they say nothing."""


class ContentRecord:
    """The contents that are known in one lake."""

    def __init__(self, lake: Lake, run: str) -> None:
        self._journal = Journal(lake.root / "content", CONTENT_SCHEMA, run)

    def read(self) -> dict[tuple[str, str], str | None]:
        """Every known content, by resource and readings."""
        return {(resource, readings): content for resource, readings, content in self._journal.read().iter_rows()}

    def record(self, at: datetime, resource: str, readings: str, content: str | None) -> None:
        """Append one content, found at a moment (UTC)."""
        self._journal.append(at, {"resource": resource, "readings": readings, "content": content})

    def close(self) -> None:
        """End this run's part of the record."""
        self._journal.close()
