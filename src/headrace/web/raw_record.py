"""One record of a publisher's own file, read again from its bytes in the lake."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson
import polars as pl

from headrace.convert.choices import CONFIGURED, Choices
from headrace.convert.resource import convert
from headrace.model.cells import LINE, Cells, Unconverted
from headrace.store.lake import Lake
from headrace.store.results import Results

MOST_BYTES: Final = 20_000_000
"""Larger files are not read again for a page."""

MOST_CHARACTERS: Final = 1_000
"""So much of a cell is kept; geometries have millions."""

BLANK_SPACE: Final = " \n\r\t\f"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """Some cells of a record as they stand in the file.

    Attributes:
        line: its number; the header of a plain CSV is 1.
        cells: by the name of the column, cut after `MOST_CHARACTERS`; None where blank. Of two columns of one name the
            later is read.
    """

    line: int
    cells: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class NotShown:
    """Why a record is not shown, in a sentence."""

    reason: str


def read_raw_record(
    lake: Lake, dataset: str, resource: str, fact: str, entry: int, columns: Collection[str]
) -> RawRecord | NotShown:
    """The cells of some columns of the record of a resource that states a fact.

    The other cells are left out: names of people stand in files, and what was not read is not published.

    Args:
        lake: where its bytes and its result are.
        dataset: what it is read as.
        resource, fact: their hashes.
        entry: the number of the entry that the record became.
        columns: names of the columns.
    """
    path = lake.resource_path(resource)
    result = Results(lake).latest(dataset, resource)
    if result is None or not path.is_file():
        return NotShown("The file is not kept here.")
    if path.stat().st_size > MOST_BYTES:
        return NotShown("The file is too large to be read again for a page.")
    line = _find_line(result, fact, entry)
    if line is None:
        return NotShown("The file has been read anew since, and does not say this any more.")
    conversion = convert(path, _choices(result))
    if isinstance(conversion, Unconverted):
        return NotShown(f"The file cannot be read any more: {conversion.reason}")
    return _pick(conversion.cells, line, _refused_lines(result), columns)


def _find_line(result: Path, fact: str, entry: int) -> int | None:
    stated = pl.scan_parquet(result / "facts.*.parquet").filter(pl.col("fact") == fact, pl.col("entry") == entry)
    lines = stated.select(LINE).head(1).collect()[LINE]
    return int(lines[0]) if len(lines) else None


def _refused_lines(result: Path) -> pl.Series:
    """The records that were passed over before the header was read, or after it."""
    refused = pl.scan_parquet(result / "refused.*.parquet").filter(pl.col("entry").is_null())
    return refused.select(LINE).collect()[LINE]


def _choices(result: Path) -> Choices:
    """What configuration chose when the file was converted, so that it is read in the same way again."""
    decisions = orjson.loads((result / "result.json").read_bytes()).get("decisions", [])
    return {each["about"]: each["choice"] for each in decisions if each["reason"].startswith(CONFIGURED)}


def _pick(cells: Cells, line: int, refused: pl.Series, columns: Collection[str]) -> RawRecord | NotShown:
    frame = cells.frame
    header = frame.filter(~pl.col(LINE).is_in(refused.implode())).head(1)
    record = frame.filter(pl.col(LINE) == line)
    if header.is_empty() or record.is_empty():
        return NotShown("Configuration has another file read in the place of this one.")
    names = [_name(cell) for cell in header.drop(LINE).row(0)]
    row = zip(names, record.drop(LINE).row(0), strict=True)
    return RawRecord(line, {name: cell and cell[:MOST_CHARACTERS] for name, cell in row if name in columns})


def _name(cell: str | None) -> str:
    """The name of a column as it is known after the header was read."""
    return (cell or "").strip(BLANK_SPACE).replace("\r", "").replace("\n", "\r\n")
