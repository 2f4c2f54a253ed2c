"""A dataset as Parquet, for analysis: the entity table as it is."""

from pathlib import Path

import polars as pl

from headrace.model.dataset_tables import DATASET_TABLES


def write_parquet(entity: pl.DataFrame, to: Path) -> None:
    """Write the columns of the `entity` table, by entity, compressed with Zstandard; geometry is WKT text."""
    schema = DATASET_TABLES["entity"]
    entity.select(schema.names()).cast(schema).sort("entity").write_parquet(to, compression="zstd")
