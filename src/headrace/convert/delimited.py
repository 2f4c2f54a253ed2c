"""Delimited text: CSV, and what is called CSV."""

import io
from typing import Final

import numpy as np
import polars as pl

from headrace.convert.dialect import choose_delimiter, head_records, records, without_told
from headrace.convert.encoding import Text
from headrace.convert.header import find_header
from headrace.convert.table import Table, frame_of, without_blank_columns
from headrace.model.cells import LINE, Decision
from headrace.model.error import ConversionError

QUOTE: Final = ord('"')
NEWLINE: Final = ord("\n")

FAST_BYTES: Final = 1 << 17
"""From this size on, polars is asked first; below it the csv module is as quick."""


def read_delimited(text: Text, fast_bytes: int = FAST_BYTES) -> Table:
    """The table of a delimited text.

    Records and cells are those of Python's csv module with the delimiter found: a record number counts blank lines, a
    line break inside quotes belongs to the cell, and any of CR, LF and CRLF ends a line (all become LF in cells). A
    long record makes the table wider; a short one ends in nulls.

    Args:
        text: decoded.
        fast_bytes: the size from which polars is asked first; it is believed only where both would say the same.

    Raises:
        ConversionError: the text fills no cell, or one single cell.
    """
    utf8 = text.utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    delimiter, decision = choose_delimiter(utf8)
    utf8 = without_told(utf8)
    head = head_records(utf8, delimiter)
    start, title = find_header(head)
    frame = _read_regular(utf8, delimiter, head) if len(utf8) >= fast_bytes else None
    unclosed = None
    if frame is None:
        rows = list(records(utf8.decode(), delimiter))
        unclosed = _unclosed_quote(utf8, rows)
        frame = frame_of(rows)
    if title is not None:
        frame = without_blank_columns(frame.slice(start))
    _refuse_no_table(frame)
    return Table(frame, (decision, *filter(None, (title, unclosed))))


def _unclosed_quote(utf8: bytes, rows: list[list[str]]) -> Decision | None:
    """What to say when the last cell runs over lines to the end of a text in which a quote has no other."""
    if utf8.count(QUOTE) % 2 == 0 or not rows or not rows[-1] or "\n" not in rows[-1][-1]:
        return None
    lines = rows[-1][-1].count("\n")
    return Decision(
        "quote", f"record {len(rows)}", f"it opens a quote that is never closed: {lines} lines after it are one cell"
    )


def _refuse_no_table(frame: pl.DataFrame) -> None:
    cells = frame.drop(LINE)
    if not cells.width:
        raise ConversionError("The file holds no text in any cell. Publish a table with a header row.")
    said = cells.to_series().drop_nulls()
    if cells.width == 1 and len(said) == 1:
        raise ConversionError(
            f"The file holds one line of text and no table: {said[0][:100]!r}. Publish a table with a header row."
        )


def _read_regular(utf8: bytes, delimiter: str, head: list[list[str]]) -> pl.DataFrame | None:
    """The frame as polars reads it, or None where polars and the csv module would differ."""
    width = max(map(len, head), default=0)
    if not width or not _is_quoted_regularly(utf8, ord(delimiter)):
        return None
    try:
        cells = pl.read_csv(
            io.BytesIO(utf8),
            has_header=False,
            schema={str(position): pl.String for position in range(width)},
            separator=delimiter,
        )
    except pl.exceptions.PolarsError:
        return None  # A record wider than those in sight.
    if b'""' in utf8:
        cells = cells.with_columns(pl.when(pl.all() != "").then(pl.all()))
    return without_blank_columns(cells.with_row_index(LINE, offset=1))


def _is_quoted_regularly(utf8: bytes, delimiter: int) -> bool:
    """Whether each quote opens a cell, closes one or is one of two in a row: RFC 4180, section 2."""
    codes = np.frombuffer(utf8, dtype=np.uint8)
    quotes = np.flatnonzero(codes == QUOTE)
    if quotes.size % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = codes[opening[opening > 0] - 1]
    after = codes[closing[closing < codes.size - 1] + 1]
    around = (QUOTE, delimiter, NEWLINE)
    return bool(np.isin(before, around).all() and np.isin(after, around).all())
