"""What a resource says, known by a hash that the accidents of its bytes do not change."""

import re
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from headrace.convert.resource import convert
from headrace.model.cells import LINE, Cells, Unconverted
from headrace.run.plan import Plan

VOLATILE: Final = frozenset(("fid", "gmlid", "ogcfid", "objectid", "objectid1", "esrioid"))
"""Columns that servers number anew when they please, by the letters and digits of their names."""

CELL, ROW = "\x1f", b"\x1e"
ROWS_AT_ONCE: Final = 50_000


def hash_resource(path: Path, counted: Collection[str] = ()) -> str | None:
    """The content hash of the resource at `path`; None where it cannot be read, which is told when it is transformed.

    Args:
        path: its bytes.
        counted: volatile columns that count all the same, as `claimed_volatile` gives them.
    """
    try:
        conversion = convert(path)
    except Exception:  # noqa: BLE001 - the same fault is met, and told, where the resource is transformed
        return None
    return None if isinstance(conversion, Unconverted) else hash_cells(conversion.cells, counted)


def hash_cells(cells: Cells, counted: Collection[str] = ()) -> str:
    """SHA-256, in hexadecimal, of the table: its columns in their order, its rows in any.

    Formats, encodings, line ends, time stamps in an envelope, the order of rows, blank rows and blank columns make no
    difference, and neither do columns in `VOLATILE` that are not `counted`.
    """
    text = cells.frame.drop(LINE).fill_null("")
    if text.width == 0:
        return sha256(b"").hexdigest()
    text = text.filter(pl.any_horizontal(pl.all() != ""))
    kept = [
        name
        for name in text.columns
        if text.height
        and not _is_accidental(text.item(0, name), counted)
        and text.select((pl.col(name) != "").any()).item()
    ]
    digest = sha256(CELL.join(text.item(0, name) for name in kept).encode())
    rows = text[1:].select(pl.concat_str(kept, separator=CELL).alias("row")) if kept else pl.DataFrame({"row": []})
    for part in rows["row"].sort().to_frame().iter_slices(ROWS_AT_ONCE):
        for row in part["row"]:
            digest.update(ROW)
            digest.update(row.encode())
    return digest.hexdigest()


def claimed_volatile(plan: Plan) -> frozenset[str]:
    """The volatile columns that the configuration makes a field of: a change in one of them is a change in data."""
    rows = [row for dataset in plan.datasets.values() for row in dataset.configuration.columns.table.rows()]
    return frozenset(name for row in rows if (name := _letters(row["column"])) in VOLATILE and row["field"] != "IGNORE")


def _is_accidental(name: str, counted: Collection[str]) -> bool:
    return _letters(name) in VOLATILE and _letters(name) not in counted


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
