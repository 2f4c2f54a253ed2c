"""Reading a CSV file of the specification or the configuration."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.error import ConfigurationError
from headrace.spec.table import LINE, Table, empty_table

FAST_LENGTH: Final = 1 << 14
"""From so many characters on, a text is first tried line by line."""

ODD: Final = re.compile("[\0\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What Python takes for the end of a line and the csv module for a part of a cell; and NUL, which is an error."""


def read_table(path: Path, name: str, fast_length: int = FAST_LENGTH) -> Table:
    """The rows of a file; blank cells are null and wholly blank rows are left out.

    Args:
        path: the file.
        name: what a person knows it as.
        fast_length: from so many characters on, it is first tried line by line, which gives the same rows.

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
    return Table(name, _parse(text, name, fast_length))


def read_optional_table(path: Path, name: str, columns: tuple[str, ...]) -> Table:
    """The rows of a file, or a table without rows when there is no such file."""
    return read_table(path, name) if path.exists() else empty_table(name, columns)


def _parse(text: str, name: str, fast_length: int) -> pl.DataFrame:
    frame = _parse_lines(text) if len(text) >= fast_length else None
    if frame is None:
        frame = _parse_records(text, name)
    header = [column for column in frame.columns if column != LINE]
    frame = frame.with_columns(pl.col(header).replace("", None))
    return frame.filter(~pl.all_horizontal(pl.col(header).is_null()))


def _parse_lines(text: str) -> pl.DataFrame | None:
    """The rows of a text in which every record is one line, several times as fast; None where that is not certain."""
    if ODD.search(text):
        return None
    lines = text.splitlines()
    try:
        header = next(csv.reader(lines[:1], strict=True))
        every = pl.DataFrame({LINE: pl.int_range(1, len(lines) + 1, dtype=pl.UInt32, eager=True), "text": lines})
        every = every.slice(1).filter(pl.col("text") != "").with_columns(quoted=pl.col("text").str.contains('"'))
        # A line that the csv module reads by itself leaves no quote open for the next.
        quoted = every.filter("quoted").select(LINE, "text").rows()
        rows = [(line, *next(csv.reader([record], strict=True))) for line, record in quoted]
    except csv.Error:
        return None
    plain = every.filter(~pl.col("quoted"))
    commas = plain["text"].str.count_matches(",", literal=True)
    alike = bool((commas == len(header) - 1).all()) and all(len(row) == len(header) + 1 for row in rows)
    if not alike or not header or len({LINE, *header}) <= len(header):
        return None
    schema = pl.Schema({LINE: pl.UInt32} | dict.fromkeys(header, pl.String))
    cells = plain["text"].str.split_exact(",", len(header) - 1).struct.rename_fields(header).struct.unnest()
    return pl.concat([plain.select(LINE).hstack(cells), pl.DataFrame(rows, schema, orient="row")]).sort(LINE)


def _parse_records(text: str, name: str) -> pl.DataFrame:
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
    return pl.DataFrame(
        [pl.Series(LINE, lines, pl.UInt32)]
        + [pl.Series(column, cells, pl.String) for column, cells in zip(header, columns, strict=True)]
    )


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
