"""The records of a delimited text of any length, part by part: memory holds one part and not the whole.

They are those of Python's csv module. Polars reads them where it would say the same, several times as fast: where each
quote opens a cell, closes one or is one of two in a row (RFC 4180, section 2), and no record is wider than expected.
"""

import csv
import io
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from headrace.convert.table import frame_of, without_blank_columns
from headrace.model.cells import LINE

Places: TypeAlias = NDArray[np.intp]

QUOTE: Final = ord('"')
NEWLINE: Final = ord("\n")

ODD_ROWS: Final = 5_000
"""How many records the csv module reads from where polars may not, before polars is asked again."""

LONGEST_RECORD_BYTES: Final = 1 << 26
"""Up to this many bytes are held to find the end of a record; a longer one is left to the csv module."""


def read_parts(blocks: Iterator[bytes], delimiter: str, width: int, rows_at_once: int) -> Iterator[pl.DataFrame]:
    """The records of a delimited text.

    Args:
        blocks: of UTF-8, lines ending in LF; none ends within a character.
        delimiter: one character that separates cells.
        width: number of cells that no ordinary record has more of; at least 1.
        rows_at_once: at most so many records are in a part.

    Returns:
        frames as `Cells.frame`, each as wide as its own text needs; record numbers go on from one to the next, and
        blank lines are records.
    """
    line = 1
    for frame in _frames(blocks, delimiter, width, rows_at_once):
        for part in frame.iter_slices(rows_at_once):
            numbers = pl.int_range(line, line + part.height, dtype=pl.UInt32).alias(LINE)
            yield without_blank_columns(part.with_columns(numbers))
            line += part.height


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records of a text as Python's csv module reads them: any text has some, and blank lines are records too.

    Args:
        text: lines end in LF.
        delimiter: one character.
    """
    return _csv_reader(io.StringIO(text, newline="\n"), delimiter)


def _csv_reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    # The limit is the process's, not the reader's: geometries are longer than the default of 131,072 characters.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    return csv.reader(lines, delimiter=delimiter)


def _frames(blocks: Iterator[bytes], delimiter: str, width: int, rows_at_once: int) -> Iterator[pl.DataFrame]:
    """Whole records at a time; their numbers are still those within the frame."""
    odd_rows = min(ODD_ROWS, rows_at_once)
    rest = b""
    for block in blocks:
        rest += block
        while True:
            quotes = _positions(rest, QUOTE)
            end = _end_of_records(rest, quotes)
            if not end and len(rest) <= LONGEST_RECORD_BYTES:
                break
            frame, rest = _read(rest, quotes, end, blocks, delimiter, width, odd_rows)
            width = max(width, frame.width - 1)
            yield frame
    while rest:
        frame, rest = _read(rest, _positions(rest, QUOTE), len(rest), iter(()), delimiter, width, odd_rows)
        yield frame


def _read(
    utf8: bytes, quotes: Places, end: int, blocks: Iterator[bytes], delimiter: str, width: int, odd_rows: int
) -> tuple[pl.DataFrame, bytes]:
    """The records up to `end` by polars, or else the next few by the csv module; and the text that is left."""
    frame = _by_polars(utf8[:end], quotes[: np.searchsorted(quotes, end)], delimiter, width)
    if frame is not None:
        return frame, utf8[end:]
    lines = _Lines(utf8, blocks)
    frame = frame_of(list(islice(_csv_reader(lines, delimiter), odd_rows)))
    return frame, lines.rest


def _end_of_records(utf8: bytes, quotes: Places) -> int:
    """Where the last line ends that ends outside quotes, if each quote is regular; 0 where none does."""
    end = utf8.rfind(b"\n") + 1
    while end and np.searchsorted(quotes, end) % 2:
        end = utf8.rfind(b"\n", 0, end - 1) + 1
    return end


def _by_polars(utf8: bytes, quotes: Places, delimiter: str, width: int) -> pl.DataFrame | None:
    """The frame as polars reads it, or None where polars and the csv module would differ."""
    if not is_quoted_regularly(utf8, quotes, ord(delimiter)):
        return None
    try:
        cells = pl.read_csv(
            utf8,
            has_header=False,
            schema={str(position): pl.String for position in range(width)},
            separator=delimiter,
        )
    except pl.exceptions.PolarsError:
        return None  # A record wider than those in sight, or nothing but blank lines.
    if _may_hold_empty_quotes(quotes):
        cells = cells.with_columns(pl.when(pl.all() != "").then(pl.all()))
    return cells.with_row_index(LINE, offset=1)


def is_quoted_regularly(utf8: bytes, quotes: Places, delimiter: int) -> bool:
    """Whether each quote, of which the positions are given, opens a cell, closes one or is one of two in a row."""
    if quotes.size % 2:
        return False
    around = np.zeros(256, dtype=np.bool_)
    around[[QUOTE, delimiter, NEWLINE]] = True
    return bool(around[_beside(utf8, quotes[::2], -1)].all() and around[_beside(utf8, quotes[1::2], 1)].all())


def _may_hold_empty_quotes(quotes: Places) -> bool:
    """Whether a cell could be nothing but two quotes, which polars takes for a text; quotes are regular."""
    return bool((quotes[1::2] - quotes[::2] == 1).any())


def _beside(utf8: bytes, places: Places, distance: int) -> NDArray[np.uint8]:
    """The byte at a distance from each place; places go up, and beyond the text lies the end of a line."""
    text = np.frombuffer(utf8, dtype=np.uint8)
    # A view that begins later spares adding to every place.
    beside = text[distance:].take(places, mode="clip") if distance > 0 else text.take(places + distance, mode="clip")
    if places.size and places[0] + distance < 0:
        beside[0] = NEWLINE
    if places.size and places[-1] + distance >= len(utf8):
        beside[-1] = NEWLINE
    return beside


def _positions(utf8: bytes, code: int) -> Places:
    if code not in utf8:
        return np.empty(0, np.intp)
    return np.flatnonzero(np.frombuffer(utf8, dtype=np.uint8) == code)


class _Lines:
    """The lines of a text, one when asked for one, so that what nobody has asked for is still there to go on with."""

    def __init__(self, rest: bytes, blocks: Iterator[bytes]) -> None:
        self._held = rest
        self._position = 0
        self._blocks = blocks

    @property
    def rest(self) -> bytes:
        """What has been taken from the blocks and not been given as a line."""
        return self._held[self._position :]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while (end := self._held.find(b"\n", self._position) + 1) == 0:
            block = next(self._blocks, None)
            if block is None:
                end = len(self._held)
                break
            self._held, self._position = self.rest + block, 0
        if end == self._position:
            raise StopIteration
        line = self._held[self._position : end].decode()
        self._position = end
        return line
