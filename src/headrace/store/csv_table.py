"""Reading a CSV file of the specification or the configuration."""

import csv
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from headrace.model.error import ConfigurationError
from headrace.spec.table import LINE, Table, empty_table


def read_table(path: Path, name: str) -> Table:
    """The rows of a file; blank cells are null and wholly blank rows are left out.

    Raises:
        ConfigurationError: the file is missing, is not UTF-8, or a row has more or fewer cells than the header.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(name, f"cannot be read ({error.strerror})", "a CSV file with a header") from error
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise ConfigurationError(f"{name}:{line}", f"byte {body[error.start]:#04x} is not UTF-8", "UTF-8") from error
    return Table(name, _parse(text, name))


def read_optional_table(path: Path, name: str, columns: tuple[str, ...]) -> Table:
    """The rows of a file, or a table without rows when there is no such file."""
    return read_table(path, name) if path.exists() else empty_table(name, columns)


def _parse(text: str, name: str) -> pl.DataFrame:
    records, lines = _records(text, name)
    if not records or not records[0]:
        raise ConfigurationError(f"{name}:1", "the file is empty", "a CSV file with a header")
    header = records[0]
    if len(set(header)) < len(header):
        twice = sorted({column for column in header if header.count(column) > 1})
        raise ConfigurationError(f"{name}:1", f"the header names {', '.join(twice)} twice", "each column once")
    rows = records[1:]
    if set(map(len, rows)) - {len(header)}:
        rows, lines = _whole(rows, lines, len(header), name)
    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    frame = pl.DataFrame(
        [pl.Series(LINE, lines, pl.UInt32)]
        + [pl.Series(column, cells, pl.String) for column, cells in zip(header, columns, strict=True)]
    )
    frame = frame.with_columns(pl.col(header).replace("", None))
    return frame.filter(~pl.all_horizontal(pl.col(header).is_null()))


def _whole(rows: list[list[str]], lines: Sequence[int], width: int, name: str) -> tuple[list[list[str]], Sequence[int]]:
    """The rows that are not blank, with their lines, once they are known to have as many cells as the header."""
    kept = [(line, row) for line, row in zip(lines, rows, strict=True) if row]
    for line, row in kept:
        if len(row) != width:
            raise ConfigurationError(
                f"{name}:{line}", f"the row has {len(row)} cells", f"{width} cells, as the header has"
            )
    return [row for _, row in kept], [line for line, _ in kept]


def _records(text: str, name: str) -> tuple[list[list[str]], Sequence[int]]:
    """The records, and the number of the line on which each but the first starts."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        records = list(reader)
    except csv.Error as error:
        raise ConfigurationError(f"{name}:{reader.line_num}", f"not CSV ({error})", "quotes that close") from error
    if reader.line_num == len(records):
        return records, range(2, len(records) + 1)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    ends = [reader.line_num for _ in reader]
    return records, [end + 1 for end in ends[:-1]]
