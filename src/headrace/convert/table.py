"""A table of text, as every reader of a format gives it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

import polars as pl

from headrace.model.cells import LINE, Decision, LeftOut

AT_ONCE: Final = 1000
"""Records that become columns at once: few enough to stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one resource, with the choices made while they were read.

    Attributes:
        frame: as `headrace.model.cells.Cells.frame`: column `line` (UInt32, first record 1), then String columns
            named "0", "1", …; the header row included.
        decisions: each choice made, in order.
        left_out: the records that are neither header nor entry, in order.
    """

    frame: pl.DataFrame
    decisions: tuple[Decision, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def frame_of(records: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """The frame of records that may differ in length.

    Args:
        records: the cells of each record; the first is record 1. An empty text and a missing cell are the same.

    Returns:
        a frame as `Table.frame`, one row per record, as wide as its widest record.
    """
    starts = range(0, max(len(records), 1), AT_ONCE)
    frame = pl.concat((_cells_of(records, start) for start in starts), how="diagonal", rechunk=True)
    cells = pl.exclude(LINE)
    return without_blank_columns(frame.with_columns(pl.when(cells != "").then(cells)))


def _cells_of(records: Sequence[Sequence[str | None]], start: int) -> pl.DataFrame:
    some = records[start : start + AT_ONCE]
    lines = pl.Series(LINE, range(start + 1, start + len(some) + 1), dtype=pl.UInt32)
    columns = enumerate(zip_longest(*some))
    return pl.DataFrame([lines, *(pl.Series(str(position), column, dtype=pl.String) for position, column in columns)])


def frame_of_columns(names: Sequence[str | None], columns: pl.DataFrame) -> pl.DataFrame:
    """The frame of columns that have names; those are its header, record 1.

    Args:
        names: of the columns; two may be the same.
        columns: text.
    """
    positions = [str(position) for position in range(len(names))]
    header = pl.DataFrame([list(names)], schema=dict.fromkeys(positions, pl.String), orient="row")
    return _numbered(pl.concat([header, _by_position(columns)]), 1)


def following_records(columns: pl.DataFrame, line: int) -> pl.DataFrame:
    """The frame of more records of the same columns, of which `line` is the first."""
    return _numbered(_by_position(columns), line)


def _by_position(columns: pl.DataFrame) -> pl.DataFrame:
    return columns.rename({name: str(position) for position, name in enumerate(columns.columns)})


def _numbered(frame: pl.DataFrame, line: int) -> pl.DataFrame:
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all())).with_row_index(LINE, offset=line)


def gather(frames: Iterable[pl.DataFrame], rows: int, size: int) -> Iterator[pl.DataFrame]:
    """Frames put together, as long as they are no more than so many rows and about so many bytes."""
    held: list[pl.DataFrame] = []
    for frame in frames:
        if held and sum(each.height for each in held) + frame.height > rows:
            yield pl.concat(held)
            held = []
        held.append(frame)
        if sum(each.estimated_size() for each in held) >= size:
            yield pl.concat(held)
            held = []
    if held:
        yield pl.concat(held)


def without_blank_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without its last columns, as long as they hold nothing, not even a name.

    Spreadsheets save tens, sometimes thousands, of them: a cell somewhere to the right once had a colour.
    """
    names = frame.columns[1:]
    while names and frame[names[-1]].null_count() == frame.height:
        names.pop()
    return frame if len(names) == frame.width - 1 else frame.select(LINE, *names)
