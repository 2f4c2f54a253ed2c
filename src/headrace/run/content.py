"""What a resource says, known by a hash that the accidents of its bytes do not change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from headrace.convert.resource import convert_parts
from headrace.model.cells import LINE, Cells, Unconverted
from headrace.run.reading import VOLATILE, Reading, hash_readings, spell

CELL: Final = "\x1f"
"""Between two cells of a row that is hashed."""


def hash_resource(path: Path, ways: Sequence[Reading]) -> str | None:
    """The content hash of the resource at `path`; None where it cannot be read, which is told when it is transformed.

    Args:
        path: its bytes.
        ways: how it is read; what makes a difference in one of them makes a difference, and so do other ways.
    """
    try:
        hashes = [_hash(path, way) for way in ways]
    except Exception:  # noqa: BLE001 - the same fault is met, and told, where the resource is transformed
        return None
    known = [each for each in hashes if each is not None]
    return sha256("".join((hash_readings(ways), *known)).encode()).hexdigest() if known else None


def hash_cells(parts: Iterable[Cells], counted: Collection[str] = ()) -> str:
    """SHA-256, in hexadecimal, of a table: its columns in their order, its rows in any.

    Formats, encodings, line ends, time stamps in an envelope, the order of rows, blank rows and columns without a name
    make no difference, and neither do columns in `VOLATILE` that are not `counted`.

    Args:
        parts: the table, the header in the first of them.
    """
    header: dict[str, str] = {}
    rows: list[bytes] = []
    for part in parts:
        text = part.frame.drop(LINE).fill_null("")
        text = text.filter(pl.any_horizontal(pl.all() != "")) if text.width else text
        if text.is_empty():
            continue
        if not header:
            header = _counted_columns(text.row(0, named=True), counted)
            text = text[1:]
        # Sixteen bytes a row are kept to be sorted, not the row.
        joined = text.select(pl.concat_str([*header, pl.lit("")], separator=CELL).alias("row"))["row"]
        rows += [sha256(row.encode()).digest()[:16] for row in joined]
    digest = sha256(CELL.join(header.values()).encode())
    for row in sorted(rows):
        digest.update(row)
    return digest.hexdigest()


def _hash(path: Path, way: Reading) -> str | None:
    conversion = convert_parts(path, way.choices)
    return None if isinstance(conversion, Unconverted) else hash_cells(conversion[1], way.counted)


def _counted_columns(header: Mapping[str, str], counted: Collection[str]) -> dict[str, str]:
    return {
        column: name
        for column, name in header.items()
        if name.strip() and (spell(name) not in VOLATILE or spell(name) in counted)
    }
