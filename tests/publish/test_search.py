"""The database over all datasets."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import polars as pl

from headrace.publish.search import write_search_sqlite

Tables = dict[str, dict[str, pl.DataFrame]]


def write(tables: Tables, published: Path, to: Path) -> None:
    write_search_sqlite(
        [frames["entity"] for frames in tables.values()],
        pl.read_csv(published / "dataset.csv", infer_schema=False),
        pl.read_csv(published / "organisation.csv", infer_schema=False),
        tables["conservation-area"]["old_entity"],
        to,
    )


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection:
        yield connection


def test_every_entity_can_be_chosen_and_told(tables: Tables, published: Path, tmp_path: Path) -> None:
    """An entity has a row to choose it by and a document; a shape and a box where it has a place."""
    write(tables, published, tmp_path / "s")

    with opened(tmp_path / "s") as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("entity", "document", "shape", "box", "organisation", "old_entity", "dataset")
        }
    assert {
        "entity": 10,
        "document": 10,
        "shape": 9,
        "box": 9,
        "organisation": 3,
        "old_entity": 2,
        "dataset": 4,
    } == counts


def test_boxes_hold_their_shapes(tables: Tables, published: Path, tmp_path: Path) -> None:
    """A bounding box, kept in single precision, never cuts off a corner."""
    write(tables, published, tmp_path / "s")

    with opened(tmp_path / "s") as connection:
        west, east, south, north = connection.execute(
            "SELECT west, east, south, north FROM box WHERE entity = 44000010"
        ).fetchone()
    assert west <= -1.3
    assert east >= -1.24
    assert south <= 52.0
    assert north >= 52.024


def test_same_rows_same_bytes(tables: Tables, published: Path, tmp_path: Path) -> None:
    """The order in which a dataset's entities came does not show in the file."""
    write(tables, published, tmp_path / "a")
    shuffled = {
        dataset: {name: frame.sample(fraction=1, shuffle=True, seed=3) for name, frame in frames.items()}
        for dataset, frames in tables.items()
    }
    write(shuffled, published, tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_number_that_two_datasets_claim_is_reported(tables: Tables, published: Path, tmp_path: Path) -> None:
    """The first dataset keeps the number; the other's claim is in the table of clashes, not lost."""
    claim = tables["tree"]["entity"].with_columns(dataset=pl.lit("wood"))
    write({**tables, "wood": {"entity": claim}}, published, tmp_path / "s")

    with opened(tmp_path / "s") as connection:
        clashes = connection.execute("SELECT entity, dataset FROM clash ORDER BY entity").fetchall()
        kept = connection.execute("SELECT dataset FROM entity WHERE entity = 7000001").fetchone()
    assert [(7000001, "wood"), (7000002, "wood")] == clashes
    assert ("tree",) == kept


def test_datasets_are_counted(tables: Tables, published: Path, tmp_path: Path) -> None:
    """A dataset has its entities, those with a place, and its newest entry, counted."""
    write(tables, published, tmp_path / "s")

    with opened(tmp_path / "s") as connection:
        rows = connection.execute(
            "SELECT dataset, entity_count, located_count, latest_entry_date FROM dataset"
        ).fetchall()
    assert [
        ("brownfield-land", 3, 3, "2022-12-31"),
        ("conservation-area", 5, 4, "2024-05-01"),
        ("listed-building", 0, 0, None),
        ("tree", 2, 2, "2024-04-30"),
    ] == rows
