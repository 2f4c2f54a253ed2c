"""The event record for others: for tools of process mining, in the formats that they read."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from uuid import uuid4

import polars as pl

from headrace.model.error import SettingsError
from headrace.publish.ocel import write_ocel
from headrace.publish.ocel_sqlite import write_ocel_sqlite
from headrace.publish.xes import write_xes
from headrace.store.event_record import EventRecord
from headrace.store.file import move_whole
from headrace.store.lake import Lake
from headrace.store.streams import read_streams

Writer = Callable[[pl.DataFrame, Path], None]

FORMATS: Final[Mapping[str, Writer]] = {"ocel": write_ocel, "xes": write_xes}
"""What writes each format."""

DATABASE: Final = {".sqlite": write_ocel_sqlite, ".sqlite3": write_ocel_sqlite}
"""What writes OCEL to a file whose name ends so."""


def export_events(lake: Lake, files: Mapping[str, Path], stream: str | None = None) -> int:
    """Write the event record, or a stream of it, to a file for each format of `FORMATS`; how many events it has.

    Raises:
        SettingsError: no file is asked for, one cannot be written, or there is no such stream.
    """
    model = read_streams()
    if stream is not None and stream not in model.by_name:
        raise SettingsError(f"--stream: got {stream!r}, expected one of {', '.join(model.by_name)}")
    if not files:
        raise SettingsError(f"no file to write; expected one of {', '.join(f'--{name}' for name in FORMATS)}")
    where = None
    if stream is not None:
        where = pl.col("stage").is_in([stage.stage for stage in model.by_name[stream].stages])
    events = EventRecord(lake).read(where)
    for name, path in files.items():
        part = path.with_name(f".{path.name}.{uuid4().hex}.part")
        try:
            _writer(name, path)(events, part)
            move_whole(part, path)
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(f"--{name}: {path} cannot be written: {error}") from error
        finally:
            part.unlink(missing_ok=True)
    return events.height


def _writer(name: str, path: Path) -> Writer:
    return DATABASE.get(path.suffix, FORMATS[name]) if name == "ocel" else FORMATS[name]
