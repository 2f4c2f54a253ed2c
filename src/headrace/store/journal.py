"""An append-only record of rows by day: lines while a run is under way, Parquet once it is over."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Final

import orjson
import polars as pl

from headrace.store.file import write_whole

Segments = Mapping[str, int]
"""Segments of a journal by name, with their size in bytes."""

HISTORY: Final = "history"
"""The folder of segments that hold many days."""


@dataclass(slots=True)
class Journal:
    """Rows of one kind, one folder a day (`date=YYYY-MM-DD`), one segment a run; `history` holds what came at once.

    A row outlives the process once `append` has returned. A half-written last line, which only a machine that loses
    power leaves, is not read. Years that somebody else recorded are one file of `history`: a thousand folders of a day
    would each be opened by every reader.

    Attributes:
        folder: where the days are.
        schema: names and types of the columns.
        segment: name of this run's segment.
    """

    folder: Path
    schema: pl.Schema
    segment: str
    _open: dict[str, IO[bytes]] = field(default_factory=dict)

    def append(self, at: datetime, row: Mapping[str, object]) -> None:
        """Append one row under the day of `at`."""
        day = at.date().isoformat()
        file = self._open.get(day)
        if file is None:
            path = self.folder / f"date={day}" / f"{self.segment}.ndjson"
            path.parent.mkdir(parents=True, exist_ok=True)
            file = self._open[day] = path.open("ab", buffering=0)
        file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NAIVE_UTC))

    def add_history(self, rows: pl.DataFrame) -> None:
        """Add rows of many days at once, as one segment: all are there afterwards, or none where it is interrupted."""
        write_whole(self.folder / HISTORY / f"{self.segment}.parquet", _parquet(rows))

    def add(self, rows: pl.DataFrame, by: str) -> None:
        """Add many rows at once, each under the day that its column `by` says (ISO).

        Where this is interrupted some days are there whole and the others are not there.
        """
        for (day,), part in rows.partition_by(by, as_dict=True, maintain_order=True).items():
            path = self.folder / f"date={day}" / f"{self.segment}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            part.write_parquet(unfinished, compression="zstd")
            unfinished.replace(path)

    def close(self) -> None:
        """End this run's segments: each becomes Parquet, and the lines go."""
        for file in self._open.values():
            os.fsync(file.fileno())
            file.close()
        self._open.clear()
        self.settle()

    def settle(self) -> None:
        """Turn every segment of lines into Parquet, those of interrupted runs included."""
        for path in sorted(self.folder.glob("date=*/*.ndjson")):
            body = _parquet(self._read_lines(path))
            target = path.with_suffix(".parquet")
            number = 1
            while target.exists():
                number += 1
                target = path.with_name(f"{path.stem}~{number}.parquet")
            write_whole(target, body)
            path.unlink()

    def read(self, where: pl.Expr | None = None, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """All rows, or those for which `where` is true, in no particular order; a row kept twice is read twice.

        Only the columns named are read, where some are.
        """
        return self.read_since({}, where, columns)

    def segments(self) -> Segments:
        """The segments there are, each with its size in bytes: what differs whenever a row is added."""
        found: dict[str, int] = {}
        for day in _entries(self.folder):
            if day.is_dir() and (day.name.startswith("date=") or day.name == HISTORY):
                for file in _entries(Path(day.path)):
                    if file.name.endswith((".ndjson", ".parquet")):
                        found[f"{day.name}/{file.name}"] = file.stat().st_size
        return found

    def read_since(
        self, before: Segments, where: pl.Expr | None = None, columns: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """The rows that were added after the segments were as they were `before`, and perhaps some older ones again.

        A run's lines are read from where they ended; the Parquet that they become is read as a segment of its own.
        """
        where = pl.lit(True) if where is None else where
        while True:
            try:
                return self._read_added(before, where, columns or self.schema.names())
            except FileNotFoundError:
                continue  # a run ended while its lines were read: they are in Parquet now

    def version(self) -> str:
        """A short text that changes whenever a row is added."""
        sizes = [f"{name}:{size}" for name, size in sorted(self.segments().items())]
        return sha256("\n".join(sizes).encode()).hexdigest()

    def _read_added(self, before: Segments, where: pl.Expr, columns: Sequence[str]) -> pl.DataFrame:
        frames: list[pl.DataFrame] = []
        settled: list[Path] = []
        for name, size in sorted(self.segments().items()):
            read = before.get(name, 0)
            if size == read:
                continue
            if name.endswith(".parquet"):
                settled.append(self.folder / name)
            else:
                frames.append(self._read_lines(self.folder / name, read).filter(where).select(columns))
        if settled:
            # Segments of earlier versions lack the columns that came later.
            kept = pl.scan_parquet(settled, schema=self.schema, missing_columns="insert", hive_partitioning=False)
            frames.append(kept.filter(where).select(columns).collect())
        return pl.concat(frames) if frames else pl.DataFrame(schema=self.schema).select(columns)

    def _read_lines(self, path: Path, start: int = 0) -> pl.DataFrame:
        """The whole lines of a segment that end after its first `start` bytes."""
        body = path.read_bytes()
        # A line that was half written when the segment was read before begins before `start`.
        start = body.rfind(b"\n", 0, start) + 1
        whole = body[start : body.rfind(b"\n") + 1]
        rows = [orjson.loads(line) for line in whole.splitlines()]
        columns: dict[str, pl.Series] = {}
        for name, kind in self.schema.items():
            values = [row.get(name) for row in rows]
            if isinstance(kind, pl.Datetime):
                columns[name] = pl.Series(name, values, pl.String).str.to_datetime(time_unit="us", time_zone="UTC")
            else:
                columns[name] = pl.Series(name, values, kind)
        return pl.DataFrame(columns)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()
