"""The record of processing: what was asked, what was answered, and what became of it, for people who write SQL."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from headrace.publish.sqlite_file import add_indexes, add_table, new_database

_INDEXED: Final = ("dataset", "endpoint", "item", "organisation", "resource", "stage")
"""Columns that get an index in whichever table has them."""


def write_record_sqlite(tables: Mapping[str, pl.DataFrame], to: Path) -> None:
    """Write the record of processing: one table per frame, in the order of their names.

    A column named like its table is the primary key where it is filled and unique, and columns of that name in other
    tables refer to it.
    """
    keys = {name for name, frame in tables.items() if _has_key(name, frame)}
    with new_database(to) as connection:
        for name in sorted(tables):
            frame = tables[name]
            references = {column: column for column in frame.columns if column in keys and column != name}
            add_table(connection, name, frame, key=name if name in keys else None, references=references)
            add_indexes(connection, name, [column for column in _INDEXED if column in frame.columns and column != name])


def _has_key(name: str, frame: pl.DataFrame) -> bool:
    return name in frame.columns and frame[name].null_count() == 0 and frame[name].n_unique() == frame.height
