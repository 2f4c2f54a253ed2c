"""The trees of pages in which a SQLite file keeps tables and indexes, laid out at once from rows that are alike.

SQLite inserts a row at a time and then reads a table again for each of its indexes. Where many rows have the same
widths, pages can be filled by column instead, in the format that SQLite documents (https://sqlite.org/fileformat2.html).
Any SQLite reads, checks and changes what is laid out here; what has rows of many widths is left to SQLite itself.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt
import polars as pl

PAGE_BYTES: Final = 4096

Cells = npt.NDArray[np.uint8]
"""Bytes of cells that are equally long: one row a cell."""

_TABLE_LEAF, _TABLE_INNER, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x05, 0x0A, 0x02
_LEAF_HEADER: Final = 8
_INNER_HEADER: Final = 12
_POINTER: Final = 2
_CHILD: Final = 4
_LONGEST_KEY: Final = 9
_INTEGER_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 6: 5, 8: 6}
"""Bytes of an integer → its serial type."""
_PAGE_COUNT_AT: Final = 28
_PAGES_AT_ONCE: Final = 1024
_MOST_PAYLOAD: Final = 1000
"""Longer records would go on in pages of their own; those of an index from 1,003 bytes on."""


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that are alike, in the order of their numbers.

    Attributes:
        rows: the columns of a table; in each all values are null, or all are text of one length, or integers.
        first: number of the first row; those that follow count on.
    """

    rows: pl.DataFrame
    first: int


class Pages:
    """The end of a file, to which pages are added.

    Attributes:
        next: number of the page that comes next; the first of a file is 1.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._file.seek(0, 2)
        self.next = self._file.tell() // PAGE_BYTES + 1

    def add(self, pages: Cells) -> range:
        """Add some pages; their numbers are returned."""
        self._file.write(np.ascontiguousarray(pages).data)
        numbers = range(self.next, self.next + len(pages))
        self.next = numbers.stop
        return numbers

    def put(self, number: int, page: Cells) -> None:
        """Replace a page that there is."""
        self._file.seek((number - 1) * PAGE_BYTES)
        self._file.write(page.tobytes())
        self._file.seek(0, 2)

    def close(self) -> None:
        """Write into the head of the file how many pages it has."""
        self._file.seek(_PAGE_COUNT_AT)
        self._file.write(struct.pack(">I", self.next - 1))


def runs_of_equals(frame: pl.DataFrame) -> list[Run]:
    """The rows of a frame, those that are alike together and otherwise in their order, numbered from 1."""
    texts = [name for name, kind in frame.schema.items() if isinstance(kind, pl.String)]
    widths = [pl.col(name).str.len_bytes().fill_null(-1).alias(f"#{name}") for name in texts]
    missing = [pl.col(name).is_null().alias(f"#{name}") for name in frame.columns if name not in texts]
    marks = [f"#{name}" for name in frame.columns]
    alike = frame.with_columns(*widths, *missing).partition_by(marks, maintain_order=True, include_key=False)
    runs, first = [], 1
    for rows in alike:
        # A number takes more bytes from 2^7, 2^14, … on.
        while len(rows):
            most = (1 << 7 * _bytes_of(first)) - first
            runs.append(Run(rows.head(most), first))
            first += min(most, len(rows))
            rows = rows.slice(most)
    return runs


def lay_table(runs: Sequence[Run], root: int, pages: Pages) -> None:
    """Lay out the tree of a table with some rows, whose root is the page `root`, an empty table until now.

    Raises:
        ValueError: a record is too long for a page.
    """
    numbers: list[int] = []
    last_rows: list[int] = []
    for run in runs:
        shape = _Shape.of(run.rows)
        numbered = _bytes_of(run.first)
        at_once = _fit(shape.bytes + numbered, _LEAF_HEADER)
        for start in range(0, len(run.rows), at_once * _PAGES_AT_ONCE):
            rows = run.rows.slice(start, at_once * _PAGES_AT_ONCE)
            keys = np.arange(run.first + start, run.first + start + len(rows))
            cells = np.hstack([_same(shape.length, len(rows)), _varints(keys, numbered), *shape.records(rows)])
            full, rest = divmod(len(rows), at_once)
            leaves = _leaves(_TABLE_LEAF, cells, [at_once] * full + [rest] * bool(rest), gap=0)
            numbers += _place(leaves, root, pages, alone=len(runs) == len(leaves) == 1 and not numbers)
            last_rows += keys[at_once - 1 :: at_once].tolist() + keys[-1:].tolist() * bool(rest)
    while len(numbers) > 1:
        inner, last_of_inner = [], []
        for count in spread(len(numbers) - 1, _fit(_CHILD + _LONGEST_KEY, _INNER_HEADER)):
            children, numbers = numbers[: count + 1], numbers[count + 1 :]
            lasts, last_rows = last_rows[: count + 1], last_rows[count + 1 :]
            cells_of = [struct.pack(">I", child) + _varint(last) for child, last in zip(children, lasts, strict=True)]
            inner.append(_inner(_TABLE_INNER, cells_of[:-1], children[-1]))
            last_of_inner.append(lasts[-1])
        numbers, last_rows = _place(np.vstack(inner), root, pages, alone=len(inner) == 1), last_of_inner


def lay_index(keys: pl.Series, root: int, pages: Pages) -> None:
    """Lay out the tree of an index whose root is the page `root`, an empty index until now.

    Args:
        keys: text of one length for each row of a table, in the order of the numbers of rows; one at least.
        root: number of the page.
        pages: where the others go.

    Raises:
        ValueError: the keys differ in length, or are too long.
    """
    row = pl.int_range(1, len(keys) + 1, dtype=pl.Int64, eager=True)
    if keys.null_count():
        raise ValueError(f"column {keys.name}: keys that are missing cannot be laid out")
    # Numbers are sorted faster than texts, of which many are the same.
    order = keys.cast(pl.Enum(keys.unique().sort())).to_physical()
    entries = pl.DataFrame({"order": order, "key": keys, "row": row}).sort("order", "row").drop("order")
    shape = _Shape.of(entries)
    sizes = spread(len(entries), _fit(shape.bytes, _LEAF_HEADER))
    numbers: list[int] = []
    between: list[bytes] = []
    start = 0
    for first in range(0, len(sizes), _PAGES_AT_ONCE):
        some = sizes[first : first + _PAGES_AT_ONCE]
        gaps = len(some) - (first + len(some) == len(sizes))
        rows = entries.slice(start, sum(some) + gaps)
        cells = np.hstack([_same(shape.length, len(rows)), *shape.records(rows)])
        numbers += _place(_leaves(_INDEX_LEAF, cells, some, gap=1), root, pages, alone=len(sizes) == 1)
        between += map(bytes, cells[(np.cumsum(np.asarray(some) + 1) - 1)[:gaps]])
        start += len(rows)
    while len(numbers) > 1:
        inner, up = [], []
        for count in spread(len(between), _fit(_CHILD + shape.bytes, _INNER_HEADER)):
            children, numbers = numbers[: count + 1], numbers[count + 1 :]
            here, up_here, between = between[:count], between[count : count + 1], between[count + 1 :]
            cells_of = [struct.pack(">I", child) + cell for child, cell in zip(children, here, strict=False)]
            inner.append(_inner(_INDEX_INNER, cells_of, children[-1]))
            up += up_here
        numbers, between = _place(np.vstack(inner), root, pages, alone=len(inner) == 1), up


def spread(count: int, most: int) -> list[int]:
    """How many of `count` cells are in each page of a level, where one between two pages goes to the level above.

    No page is empty, and none has more than `most`, which is 2 at least.
    """
    if count <= most:
        return [count]
    full, rest = divmod(count, most + 1)
    return [most] * full + [rest] if rest else [most] * (full - 1) + [most - 1, 1]


def _place(some: Cells, root: int, pages: Pages, *, alone: bool) -> list[int]:
    """Put pages of one level into the file; one that is alone on its level is the root."""
    if alone:
        pages.put(root, some[0])
        return [root]
    return list(pages.add(some))


def _fit(cell_bytes: int, header: int) -> int:
    return (PAGE_BYTES - header) // (cell_bytes + _POINTER)


def _leaves(kind: int, cells: Cells, sizes: Sequence[int], *, gap: int) -> Cells:
    """Pages of cells, so many in each; after each page but the last, `gap` cells are left out."""
    leaves = np.zeros((len(sizes), PAGE_BYTES), np.uint8)
    width = cells.shape[1]
    start = 0
    for count, places in _alike(sizes):
        size, pages_here = count, len(places)
        used = pages_here * (size + gap)
        block = cells[start : start + used]
        if len(block) < used:
            block = np.vstack([block, np.zeros((used - len(block), width), np.uint8)])
        block = block.reshape(pages_here, size + gap, width)[:, :size]
        content = PAGE_BYTES - size * width
        leaves[places.start : places.stop, content:] = block.reshape(pages_here, size * width)
        head = struct.pack(">BHHHB", kind, 0, size, content, 0)
        head += struct.pack(f">{size}H", *range(content, PAGE_BYTES, width))
        leaves[places.start : places.stop, : len(head)] = np.frombuffer(head, np.uint8)
        start += used
    return leaves


def _alike(sizes: Sequence[int]) -> Iterator[tuple[int, range]]:
    """Sizes that follow one another and are equal, with their places."""
    start = 0
    for place in range(1, len(sizes) + 1):
        if place == len(sizes) or sizes[place] != sizes[start]:
            yield sizes[start], range(start, place)
            start = place


def _inner(kind: int, cells: Sequence[bytes], last_child: int) -> Cells:
    """An inner page: cells, each with the child before it, and the last child."""
    page = bytearray(PAGE_BYTES)
    content, pointers = PAGE_BYTES, []
    for cell in cells:
        content -= len(cell)
        page[content : content + len(cell)] = cell
        pointers.append(content)
    head = struct.pack(">BHHHBI", kind, 0, len(cells), content, 0, last_child)
    head += struct.pack(f">{len(pointers)}H", *pointers)
    page[: len(head)] = head
    return np.frombuffer(bytes(page), np.uint8)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is the same in the records of rows that are alike.

    Attributes:
        header: of a record: its length, and the type of each column.
        widths: bytes of each column; 0 where it is null.
        length: bytes of a record, as they are written before it.
    """

    header: bytes
    widths: tuple[int, ...]
    length: bytes

    @classmethod
    def of(cls, rows: pl.DataFrame) -> "_Shape":
        """The shape of some rows."""
        widths = tuple(_width(column) for column in rows)
        types = b"".join(_varint(_serial_type(*pair)) for pair in zip(rows, widths, strict=True))
        header = _varint(len(types) + 1) + types
        if len(header) + sum(widths) > _MOST_PAYLOAD:
            raise ValueError(f"records of {sum(widths)} bytes of values are too long to be laid out")
        return cls(header, widths, _varint(len(header) + sum(widths)))

    @property
    def bytes(self) -> int:
        """Bytes of a record and its length."""
        return len(self.length) + len(self.header) + sum(self.widths)

    def records(self, rows: pl.DataFrame) -> list[Cells]:
        """Some of the rows as records, in pieces that belong side by side."""
        pieces = [_same(self.header, len(rows))]
        for column, width in zip(rows, self.widths, strict=True):
            if not width:
                continue
            if isinstance(column.dtype, pl.String):
                joined = str(column.str.join("")[0]).encode()
                pieces.append(np.frombuffer(joined, np.uint8).reshape(len(rows), width))
            else:
                numbers = column.cast(pl.Int64).to_numpy().astype(">i8")
                pieces.append(numbers.view(np.uint8).reshape(len(rows), 8)[:, 8 - width :])
        return pieces


def _width(column: pl.Series) -> int:
    if column.null_count() == len(column):
        return 0
    if isinstance(column.dtype, pl.String):
        lengths = column.str.len_bytes()
        if column.null_count() or lengths.n_unique() > 1:
            raise ValueError(f"column {column.name}: texts of several lengths cannot be laid out together")
        return int(lengths[0])
    numbers = column.cast(pl.Int64).to_numpy()
    farthest = int(np.where(numbers < 0, ~numbers, numbers).max())
    return next(size for size in _INTEGER_BYTES if size * 8 > farthest.bit_length())


def _serial_type(column: pl.Series, width: int) -> int:
    if isinstance(column.dtype, pl.String):
        return 0 if column.null_count() else 13 + 2 * width
    return _INTEGER_BYTES.get(width, 0)


def _same(text: bytes, count: int) -> Cells:
    return np.broadcast_to(np.frombuffer(text, np.uint8), (count, len(text)))


def _bytes_of(number: int) -> int:
    """How many bytes a number takes as a SQLite varint."""
    return max(1, -(-number.bit_length() // 7))


def _varint(number: int) -> bytes:
    """A number as SQLite writes it, at most eight bytes: seven bits in each, the highest first."""
    sevens = [number & 0x7F]
    while number := number >> 7:
        sevens.append(number & 0x7F | 0x80)
    return bytes(reversed(sevens))


def _varints(numbers: npt.NDArray[np.int64], size: int) -> Cells:
    """Numbers that all take the same number of bytes, each as `_varint` writes it."""
    shifts = np.arange(size - 1, -1, -1) * 7
    sevens = (numbers[:, np.newaxis] >> shifts) & 0x7F
    sevens[:, :-1] |= 0x80
    return sevens.astype(np.uint8)
