"""The tables of a dataset as they are kept: in parts, which other states of the dataset may have too."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import orjson
import polars as pl

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.issue import UNKNOWN_SCHEMA
from headrace.model.partition import ENTITY_TABLES, RESOURCE_TABLES, STATED, UNKNOWN
from headrace.store.file import move_whole
from headrace.store.lake import Lake

PARTS: Final = "parts.json"
"""In the folder of a state of a dataset: the names of its parts by what they are about, in the order of their rows."""

ENTITY, RESOURCE = "entity", "resource"
_ABOUT: Final = dict.fromkeys(ENTITY_TABLES, ENTITY) | dict.fromkeys(RESOURCE_TABLES, RESOURCE)

_SCHEMAS: Final = {
    **DATASET_TABLES,
    UNKNOWN: pl.Schema([*UNKNOWN_SCHEMA.items(), ("resource", pl.String())]),
    STATED: pl.Schema({"entity": pl.Int64, "resource": pl.String}),
}


def keep_part(lake: Lake, dataset: str, part: str, tables: Mapping[str, pl.DataFrame]) -> None:
    """Keep the tables of a part under its name."""
    with lake.scratch() as scratch:
        folder = scratch / "part"
        folder.mkdir()
        for name, frame in tables.items():
            frame.write_parquet(folder / f"{name}.parquet", compression="zstd")
        move_whole(folder, lake.part_folder(dataset, part))


def write_parts(folder: Path, parts: Mapping[str, Sequence[str]]) -> None:
    """Write which parts make up a state of a dataset, by `ENTITY` and `RESOURCE`, into its folder."""
    (folder / PARTS).write_bytes(orjson.dumps(parts))


def count_rows(lake: Lake, dataset: str, parts: Mapping[str, Sequence[str]], table: str) -> int:
    """How many rows a table has that is kept in some parts."""
    files = [lake.part_folder(dataset, part) / f"{table}.parquet" for part in parts[_ABOUT[table]]]
    return int(pl.scan_parquet(files).select(pl.len()).collect().item()) if files else 0


def scan_table(folder: Path, table: str) -> pl.LazyFrame:
    """A table of the state of a dataset that is in a folder, to be read as far as it is needed."""
    whole = folder / f"{table}.parquet"
    # Until 24 November 2026 every table was one file.
    if table not in _ABOUT or not (folder / PARTS).exists():
        return pl.scan_parquet(whole)
    parts = orjson.loads((folder / PARTS).read_bytes())[_ABOUT[table]]
    files = [folder.parent / "part" / part / f"{table}.parquet" for part in parts]
    return pl.scan_parquet(files) if files else pl.LazyFrame(schema=_SCHEMAS[table])
