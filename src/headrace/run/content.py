"""What a resource says, known by a hash that the accidents of its bytes do not change."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from headrace.convert.resource import convert_parts
from headrace.model.cells import LINE, Cells, Unconverted
from headrace.run.plan import Plan

VOLATILE: Final = frozenset(("fid", "gmlid", "ogcfid", "objectid", "objectid1", "esrioid"))
"""Columns that servers number anew when they please, by the letters and digits of their names."""

CELL: Final = "\x1f"
"""Between two cells of a row that is hashed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the resources of an endpoint are read.

    Attributes:
        choices: what configuration chooses when they are converted.
        counted: members of `VOLATILE` that are data all the same, because configuration makes a field of them.
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()


def readings(plan: Plan, endpoint: str, resource: str) -> list[Reading]:
    """The different ways in which the datasets of a plan read a resource of an endpoint."""
    found: list[Reading] = []
    for dataset in plan.datasets.values():
        configuration = dataset.configuration
        chosen = configuration.conversions.applicable(resource, (endpoint,)).narrowing()
        mapped = configuration.columns.applicable(resource, (endpoint,)).narrowing()
        counted = {_letters(row["column"]) for row in mapped if row["field"] != "IGNORE"} & VOLATILE
        reading = Reading({row["about"]: row["choice"] for row in chosen}, frozenset(counted))
        if reading not in found:
            found.append(reading)
    return found


def hash_resource(path: Path, ways: Iterable[Reading]) -> str | None:
    """The content hash of the resource at `path`; None where it cannot be read, which is told when it is transformed.

    Args:
        path: its bytes.
        ways: how it is read; what makes a difference in one of them makes a difference.
    """
    try:
        hashes = [_hash(path, way) for way in ways]
    except Exception:  # noqa: BLE001 - the same fault is met, and told, where the resource is transformed
        return None
    known = [each for each in hashes if each is not None]
    if len(known) < 2:
        return known[0] if known else None
    return sha256("".join(known).encode()).hexdigest()


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
        if name.strip() and (_letters(name) not in VOLATILE or _letters(name) in counted)
    }


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
