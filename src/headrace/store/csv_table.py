"""Reading a CSV file of the specification or the configuration."""

import csv
from collections.abc import Iterator
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
    rows = _records(text, name)
    _, header = next(rows, (1, []))
    if not header:
        raise ConfigurationError(f"{name}:1", "the file is empty", "a CSV file with a header")
    if len(set(header)) < len(header):
        twice = sorted({column for column in header if header.count(column) > 1})
        raise ConfigurationError(f"{name}:1", f"the header names {', '.join(twice)} twice", "each column once")
    lines: list[int] = []
    columns: list[list[str | None]] = [[] for _ in header]
    for line, record in rows:
        if not any(record):
            continue
        if len(record) != len(header):
            raise ConfigurationError(
                f"{name}:{line}", f"the row has {len(record)} cells", f"{len(header)} cells, as the header has"
            )
        lines.append(line)
        for cells, cell in zip(columns, record, strict=True):
            cells.append(cell or None)
    frame = {column: pl.Series(column, cells, pl.String) for column, cells in zip(header, columns, strict=True)}
    return pl.DataFrame({LINE: pl.Series(LINE, lines, pl.UInt32)} | frame)


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line it starts on."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ConfigurationError(f"{name}:{reader.line_num}", f"not CSV ({error})", "quotes that close") from error
        yield line, record
        line = reader.line_num + 1
