"""The database of one dataset."""

import sqlite3
from pathlib import Path

import polars as pl
import pytest

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.sqlite import write_dataset_sqlite

Tables = dict[str, pl.DataFrame]


def shuffled(tables: Tables) -> Tables:
    return {name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in tables.items()}


def test_tables_have_the_rows_of_the_frames(conservation: Tables, tmp_path: Path) -> None:
    """Every row of every frame is in its table, nulls as NULL."""
    file = tmp_path / "d.sqlite3"
    write_dataset_sqlite(conservation, file)

    with sqlite3.connect(file) as connection:
        for name, schema in DATASET_TABLES.items():
            rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
            assert sorted(conservation[name].select(schema.names()).rows(), key=repr) == sorted(rows, key=repr)


def test_columns_are_those_of_the_existing_platform(conservation: Tables, tmp_path: Path) -> None:
    """Names, order and types of columns, and primary keys, are as its users know them."""
    file = tmp_path / "d.sqlite3"
    write_dataset_sqlite(conservation, file)

    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT name, type, pk FROM pragma_table_info('entity')").fetchall()
    assert found == [
        ("dataset", "TEXT", 0),
        ("end_date", "TEXT", 0),
        ("entity", "INTEGER", 1),
        ("entry_date", "TEXT", 0),
        ("geojson", "TEXT", 0),
        ("geometry", "TEXT", 0),
        ("json", "JSON", 0),
        ("name", "TEXT", 0),
        ("organisation_entity", "INTEGER", 0),
        ("point", "TEXT", 0),
        ("prefix", "TEXT", 0),
        ("quality", "TEXT", 0),
        ("reference", "TEXT", 0),
        ("start_date", "TEXT", 0),
        ("typology", "TEXT", 0),
    ]


@pytest.mark.parametrize("index", ["fact_on_entity_index", "fact_resource_on_fact_index", "issue_on_resource_index"])
def test_indexes_have_the_names_of_the_existing_platform(conservation: Tables, tmp_path: Path, index: str) -> None:
    """An index is named after its table and column."""
    file = tmp_path / "d.sqlite3"
    write_dataset_sqlite(conservation, file)

    with sqlite3.connect(file) as connection:
        assert [(1,)] == connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (index,)).fetchall()


def test_same_rows_same_bytes(conservation: Tables, tmp_path: Path) -> None:
    """The order in which rows came does not show in the file."""
    write_dataset_sqlite(conservation, tmp_path / "a")
    write_dataset_sqlite(shuffled(conservation), tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_dataset_without_entities_has_empty_tables(tmp_path: Path) -> None:
    """Tables that are left out are there, and empty."""
    file = tmp_path / "d.sqlite3"
    write_dataset_sqlite({}, file)

    with sqlite3.connect(file) as connection:
        assert [(0,)] == connection.execute("SELECT count(*) FROM fact").fetchall()


def test_file_is_alone_and_opens_immutable(conservation: Tables, tmp_path: Path) -> None:
    """No journal is left beside the file, which can be read where nothing can be written."""
    file = tmp_path / "d.sqlite3"
    write_dataset_sqlite(conservation, file)

    assert [file] == list(tmp_path.iterdir())
    with sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
        assert [("delete",)] == connection.execute("PRAGMA journal_mode").fetchall()
