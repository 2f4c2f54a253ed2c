"""The database over all datasets: what the site and the API look things up in."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polars as pl
import shapely

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.dataset_document import COUNT_SCHEMA, make_dataset_documents
from headrace.publish.document import Shapes, make_documents
from headrace.publish.organisation_document import make_organisation_documents
from headrace.publish.sqlite_file import add_indexes, add_table, insert_rows, new_database

_SCHEMA: Final = """
    CREATE TABLE entity (
        entity INTEGER PRIMARY KEY, dataset TEXT NOT NULL, typology TEXT, prefix TEXT, reference TEXT, name TEXT,
        organisation_entity INTEGER, quality TEXT, entry_date TEXT, start_date TEXT, end_date TEXT,
        located INTEGER NOT NULL
    );
    CREATE TABLE document (entity INTEGER PRIMARY KEY, document BLOB NOT NULL, feature BLOB);
    CREATE TABLE shape (entity INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
    CREATE VIRTUAL TABLE box USING rtree(entity, west, east, south, north);
    CREATE VIRTUAL TABLE words USING fts5(name, reference, content='', tokenize='unicode61 remove_diacritics 2');
    CREATE TABLE field (dataset TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (dataset, field)) WITHOUT ROWID;
    CREATE TABLE clash (entity INTEGER NOT NULL, dataset TEXT NOT NULL)
"""
"""Narrow rows to choose among, apart from the wide ones that are answered: `entity` is scanned, `document` looked up.
`box` is the bounding box in degrees of each shape; `clash` has the entities whose number another dataset had first."""

_CHOSEN_BY: Final = (
    "entity",
    "dataset",
    "typology",
    "prefix",
    "reference",
    "name",
    "organisation_entity",
    "quality",
    "entry_date",
    "start_date",
    "end_date",
)


def write_search_sqlite(
    entities: Iterable[pl.DataFrame],
    datasets: pl.DataFrame,
    organisations: pl.DataFrame,
    old_entities: pl.DataFrame,
    to: Path,
) -> None:
    """Write the database over all datasets.

    Args:
        entities: one frame of the `entity` table per dataset; read once, one at a time.
        datasets: the specification's `dataset` table, kebab-case text columns, with `attribution-text` and
            `licence-text` where they are known. A dataset that has entities and no row here gets one with its name.
        organisations: the `organisation` table, kebab-case text columns.
        old_entities: frames of the `old_entity` table, one below the other.
        to: the file, which is replaced.
    """
    with new_database(to) as connection:
        for statement in _SCHEMA.split(";\n"):
            connection.execute(statement)
        taken = pl.Series("entity", [], pl.Int64)
        for entity in entities:
            taken = taken.extend(_add_entities(connection, entity, taken))
        add_indexes(connection, "entity", ("dataset", "typology", "reference", "organisation_entity"))
        connection.execute("CREATE INDEX entity_on_curie_index ON entity (prefix, reference)")
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        add_table(connection, "dataset", make_dataset_documents(datasets, _count(connection)), key="dataset")
        add_table(connection, "organisation", make_organisation_documents(organisations), key="organisation")
        add_indexes(connection, "organisation", ("entity",))
        old = old_entities.select("old_entity", "entity", "status", "notes").unique("old_entity", keep="first")
        add_table(connection, "old_entity", old.sort("old_entity"), key="old_entity")


def _add_entities(connection: sqlite3.Connection, frame: pl.DataFrame, taken: pl.Series) -> pl.Series:
    """Add the entities of one dataset but those whose number is taken; returns the numbers added."""
    schema = DATASET_TABLES["entity"]
    whole = frame.select(schema.names()).cast(schema).sort("entity")
    is_taken = pl.col("entity").is_in(taken.implode())
    insert_rows(connection, "clash", whole.filter(is_taken).select("entity", "dataset"))
    entity = whole.filter(~is_taken)
    numbers = entity["entity"]
    said = make_documents(entity)
    located = pl.Series("located", [feature is not None for feature in said.features], pl.Boolean)
    insert_rows(connection, "entity", entity.select(_CHOSEN_BY).with_columns(located))
    insert_rows(connection, "words", entity.select(pl.col("entity").alias("rowid"), "name", "reference"))
    connection.executemany(
        "INSERT INTO document VALUES (?, ?, ?)", zip(numbers, said.documents, said.features, strict=True)
    )
    _add_shapes(connection, numbers.filter(located).to_list(), said.shapes[located.to_numpy()])
    pairs = [(dataset, field) for dataset in entity["dataset"].unique().sort() for field in sorted(said.fields)]
    connection.executemany("INSERT INTO field VALUES (?, ?)", pairs)
    return numbers


def _add_shapes(connection: sqlite3.Connection, numbers: list[int], shapes: Shapes) -> None:
    wkb = shapely.to_wkb(shapes)
    connection.executemany("INSERT INTO shape VALUES (?, ?)", zip(numbers, wkb, strict=True))
    bounds = shapely.bounds(shapes).tolist()
    boxes = (
        (number, west, east, south, north) for number, (west, south, east, north) in zip(numbers, bounds, strict=True)
    )
    connection.executemany("INSERT INTO box VALUES (?, ?, ?, ?, ?)", boxes)


def _count(connection: sqlite3.Connection) -> pl.DataFrame:
    """How many entities each dataset has, how many of them have a place, and the last day any was entered."""
    rows = connection.execute(
        "SELECT dataset, count(*), sum(located), max(entry_date), max(typology) FROM entity GROUP BY dataset"
    ).fetchall()
    return pl.DataFrame(rows, schema=COUNT_SCHEMA, orient="row")
