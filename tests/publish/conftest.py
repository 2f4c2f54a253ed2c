"""The tables of a small release of invented data."""

from pathlib import Path

import polars as pl
import pytest

from headrace.model.dataset_tables import DATASET_TABLES

CASES = Path(__file__).parent.parent / "cases" / "published"


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of the cases."""
    return CASES


@pytest.fixture(scope="session")
def tables() -> dict[str, dict[str, pl.DataFrame]]:
    """Dataset → table → frame, from the cases."""
    found: dict[str, dict[str, pl.DataFrame]] = {}
    for table, schema in DATASET_TABLES.items():
        rows = pl.read_csv(CASES / f"{table.replace('_', '-')}.csv", schema=pl.Schema({"of": pl.String}) | schema)
        for (dataset,), frame in rows.group_by("of", maintain_order=True):
            found.setdefault(str(dataset), {})[table] = frame.drop("of")
    return found


@pytest.fixture(scope="session")
def conservation(tables: dict[str, dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    """The tables of the dataset with the most in it."""
    return tables["conservation-area"]
