"""A dataset as Parquet."""

from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.parquet import write_parquet

Tables = dict[str, pl.DataFrame]


def test_table_comes_through(conservation: Tables, tmp_path: Path) -> None:
    """The columns of the entity table, with their types, by entity."""
    write_parquet(conservation["entity"].reverse(), tmp_path / "d.parquet")

    assert_frame_equal(
        conservation["entity"].select(DATASET_TABLES["entity"].names()), pl.read_parquet(tmp_path / "d.parquet")
    )


def test_same_rows_same_bytes(conservation: Tables, tmp_path: Path) -> None:
    """The order in which entities came does not show in the file."""
    write_parquet(conservation["entity"], tmp_path / "a")
    write_parquet(conservation["entity"].reverse(), tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
