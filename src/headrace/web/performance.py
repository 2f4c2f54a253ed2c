"""The database `performance`: reports, and measures of the stream, for people who write SQL."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from headrace.model.error import ReleaseError
from headrace.publish.record import write_record_sqlite
from headrace.run.performance import make_tables
from headrace.store.file import hash_of_file
from headrace.store.lake import Lake
from headrace.web.quality_material import recall_material
from headrace.web.shelf import Reader
from headrace.web.stream_gauge import gauge_at, measure_now

PERFORMANCE: Final = "performance"


@dataclass(frozen=True, slots=True)
class MadeDatabase:
    """A database made for the explorer: where it is, and what Datasette would otherwise read the whole file for."""

    path: Path
    inspected: dict[str, object]


def make_performance(reader: Reader, lake: Lake, now: datetime) -> MadeDatabase | None:
    """Make the database as things are now, in a folder that goes with the release.

    It is made when it is first asked for, and not by the night: all of it follows from what the night keeps. None where
    the release has no record of processing beside it that reports can be made of.
    """
    try:
        material = recall_material(reader, lake, now.date())
    except ReleaseError:
        return None
    tables = make_tables(lake, material, measure_now(gauge_at(lake.root).read(), now))
    folder = TemporaryDirectory(prefix="headrace-performance-")
    reader.close_with(folder.cleanup)
    path = Path(folder.name) / f"{PERFORMANCE}.sqlite3"
    write_record_sqlite(tables, path)
    inspected = {
        "file": str(path),
        "hash": hash_of_file(path),
        "size": path.stat().st_size,
        "tables": {name: {"count": frame.height} for name, frame in tables.items()},
    }
    return MadeDatabase(path, inspected)
