"""The record of processing as it is served: a database beside the live release, replaced after each run.

It is no part of a release: it tells when things happened, and a release is the same whenever it is made.
"""

from pathlib import Path
from typing import Final

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
