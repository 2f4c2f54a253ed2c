"""Delimited text: CSV, and what is called CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

import polars as pl

from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.dialect import HEAD_BYTES, choose_delimiter, head_records, without_told
from headrace.convert.encoding import Text
from headrace.convert.header import HEAD_RECORDS
from headrace.convert.layout import Layout, find_layout, lay_out
from headrace.convert.records import QUOTE, read_parts, records
from headrace.convert.table import Table, frame_of
from headrace.convert.text_stream import BLOCK_BYTES, with_newlines
from headrace.model.cells import LINE, Decision, LeftOut
from headrace.model.error import ConversionError

FAST_BYTES: Final = 1 << 17
"""From this size on, polars is asked first; below it the csv module is as quick."""


AT_ONCE_BYTES: Final = 4 * BLOCK_BYTES
"""Up to this size a text is given to polars as it is."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A delimited text in parts.

    Attributes:
        decisions: each choice made before the first part, in order.
        frames: as `Cells.frame`, none narrower than the first; record numbers go on from one to the next.
        left_out: the records that are in none of the frames.
    """

    decisions: tuple[Decision, ...]
    frames: Iterator[pl.DataFrame]
    left_out: tuple[LeftOut, ...] = ()


def read_delimited(text: Text, choices: Choices = NO_CHOICES, fast_bytes: int = FAST_BYTES) -> Table:
    """The table of a delimited text.

    Records and cells are those of Python's csv module with the delimiter found: a record number counts blank lines, a
    line break inside quotes belongs to the cell, and any of CR, LF and CRLF ends a line (all become LF in cells). A
    long record makes the table wider; a short one ends in nulls.

    Args:
        text: decoded.
        choices: what configuration says of `delimiter`, `header` and `orientation`.
        fast_bytes: the size from which polars is asked first; it is believed only where both would say the same.

    Raises:
        ConversionError: the text fills no cell, or one single cell; or a choice cannot be followed.
    """
    utf8 = with_newlines(text.utf8)
    beginning = _begin(utf8, choices)
    utf8 = without_told(utf8)
    if len(utf8) >= fast_bytes:
        parts = read_parts(_blocks(utf8), beginning.delimiter, beginning.width, rows_at_once=len(utf8) + 1)
        frame = pl.concat([frame_of([]), *parts], how="diagonal")
    else:
        frame = frame_of(list(records(utf8.decode(), beginning.delimiter)))
    unclosed = _unclosed_quote(utf8, frame)
    frame, left_out = lay_out(frame, beginning.layout)
    _refuse_no_table([frame])
    return Table(frame, (*beginning.decisions, *unclosed), left_out)


def split_delimited(blocks: Iterator[bytes], rows_at_once: int, choices: Choices = NO_CHOICES) -> Parts:
    """The table of a delimited text in parts, put together the same as `read_delimited` gives.

    Args:
        blocks: of UTF-8, lines ending in LF; none ends within a character.
        rows_at_once: at most so many records are in a part.
        choices: what configuration says of `delimiter`, `header` and `orientation`.

    Raises:
        ConversionError: as `read_delimited`.
    """
    utf8 = b""
    for block in blocks:
        utf8 += block
        if len(utf8) > HEAD_BYTES:
            break
    beginning = _begin(utf8, choices)
    whole = chain((without_told(utf8),), blocks)
    frames = read_parts(whole, beginning.delimiter, beginning.width, rows_at_once)
    top = _top(frames, beginning.layout)
    first, left_out = lay_out(pl.concat([frame_of([]), *top], how="diagonal"), beginning.layout)
    frames = chain(first.iter_slices(rows_at_once), frames)
    seen = []
    for frame in frames:
        seen.append(frame)
        if _says_more_than_one_cell(seen):
            break
    _refuse_no_table(seen)
    return Parts(beginning.decisions, _as_wide(chain(seen, frames)), left_out)


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What the first records say of all: the delimiter, the number of cells of the widest, and how the table lies."""

    delimiter: str
    width: int
    layout: Layout
    decisions: tuple[Decision, ...]


def _begin(utf8: bytes, choices: Choices) -> _Beginning:
    delimiter, decision = choose_delimiter(utf8, choices)
    utf8 = without_told(utf8)
    head = head_records(utf8, delimiter)
    whole = len(utf8) <= HEAD_BYTES and len(head) < HEAD_RECORDS
    layout = find_layout(head, choices, whole)
    return _Beginning(delimiter, max(map(len, head), default=0) or 1, layout, (decision, *layout.decisions))


def _top(frames: Iterator[pl.DataFrame], layout: Layout) -> Iterator[pl.DataFrame]:
    """The frames with the records that the layout is about: all of them where they are to be transposed."""
    for frame in frames:
        yield frame
        if not layout.transposed and frame[LINE][-1] >= layout.top:
            return


def _blocks(utf8: bytes) -> Iterator[bytes]:
    """The text in blocks that end with a line; at once where it is not much longer than one, to spare the copies."""
    if len(utf8) <= AT_ONCE_BYTES:
        yield utf8
        return
    start = 0
    while start < len(utf8):
        end = utf8.rfind(b"\n", start, start + BLOCK_BYTES) + 1 or utf8.find(b"\n", start) + 1 or len(utf8)
        yield utf8[start:end]
        start = end


def _as_wide(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    width = 0
    for frame in frames:
        width = width or frame.width - 1
        missing = {str(position): pl.lit(None, pl.String) for position in range(frame.width - 1, width)}
        yield frame.with_columns(**missing)


def _unclosed_quote(utf8: bytes, frame: pl.DataFrame) -> tuple[Decision, ...]:
    """What to say when the last cell runs over lines to the end of a text in which a quote has no other."""
    cells = [cell for cell in frame.row(-1)[1:] if cell is not None] if frame.height else []
    if not cells or "\n" not in cells[-1] or utf8.endswith(b"\n") != cells[-1].endswith("\n"):
        return ()
    if utf8.count(QUOTE) % 2 == 0:
        return ()
    reason = f"it opens a quote that is never closed: {cells[-1].count(chr(10))} lines after it are one cell"
    return (Decision("quote", f"record {frame[LINE][-1]}", reason, "doubtful"),)


def _says_more_than_one_cell(frames: list[pl.DataFrame]) -> bool:
    return any(frame.width > 2 for frame in frames) or _written(frames) > 1


def _written(frames: list[pl.DataFrame]) -> int:
    return sum(frame[name].count() for frame in frames for name in frame.columns if name != LINE)


def _refuse_no_table(frames: list[pl.DataFrame]) -> None:
    if not _written(frames):
        raise ConversionError("The file holds no text in any cell. Publish a table with a header row.")
    if not _says_more_than_one_cell(frames):
        said = pl.concat(frames, how="diagonal")["0"].drop_nulls()[0]
        raise ConversionError(
            f"The file holds one line of text and no table: {said[:100]!r}. Publish a table with a header row."
        )
