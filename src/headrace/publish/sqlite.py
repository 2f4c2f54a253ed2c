"""The database of one dataset: its entities, its facts with where they come from, and its issues."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.sqlite_file import add_indexes, add_table, lay_rows, new_database

_KEYS: Final = {"entity": "entity", "old_entity": "old_entity", "fact": "fact"}

_REFERENCES: Final[dict[str, dict[str, str]]] = {
    "fact": {"entity": "entity"},
    "fact_resource": {"fact": "fact"},
    "issue": {"entity": "entity"},
    "old_entity": {"entity": "entity"},
}

_INDEXES: Final[dict[str, tuple[str, ...]]] = {
    "column_field": ("resource", "field"),
    "dataset_resource": ("resource",),
    "entity": ("reference", "organisation_entity"),
    "fact": ("entity", "field"),
    "fact_resource": ("fact", "resource"),
    "issue": ("resource", "issue_type", "field", "entity"),
    "old_entity": ("entity", "status"),
    "refused": ("resource", "reason"),
}

_ORDER: Final[dict[str, tuple[str, ...]]] = {
    "column_field": ("resource",),
    "dataset_resource": ("resource",),
    "entity": ("entity",),
    "fact": ("fact",),
    "fact_resource": ("fact", "resource", "entry_number"),
    "issue": ("resource", "entry_number", "line_number", "field", "issue_type"),
    "old_entity": ("old_entity",),
    "refused": ("resource", "line_number", "entry_number"),
}
"""The order of rows: by key where there is one, which makes the index of the key grow at its end and files the same
whatever the order of facts was."""

_LAID: Final = "fact_resource"
"""The table with the most rows and two long indexes, half of the work of writing the file row by row."""


def write_dataset_sqlite(tables: Mapping[str, pl.DataFrame], to: Path) -> None:
    """Write the database of one dataset.

    `tables` has a frame for every table of `DATASET_TABLES`; a table that is left out is empty. Foreign keys are
    declared, so that Datasette links rows, and not enforced.

    Raises:
        polars.exceptions.PolarsError: a frame lacks a column or has it in a type that cannot be read as the schema's.
    """
    laid = _ordered(tables, _LAID)
    with new_database(to) as connection:
        for name in DATASET_TABLES:
            rows = laid.clear() if name == _LAID else _ordered(tables, name)
            add_table(connection, name, rows, key=_KEYS.get(name), references=_REFERENCES.get(name))
            add_indexes(connection, name, _INDEXES[name])
    lay_rows(to, _LAID, laid, _INDEXES[_LAID])


def _ordered(tables: Mapping[str, pl.DataFrame], name: str) -> pl.DataFrame:
    schema = DATASET_TABLES[name]
    frame = tables.get(name, pl.DataFrame(schema=schema)).select(schema.names()).cast(schema)
    return frame.sort(_ORDER[name], nulls_last=True, maintain_order=True)
