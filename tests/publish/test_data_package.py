"""The data package of a dataset."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from headrace.model.release import Artefact
from headrace.publish.data_package import make_data_package
from headrace.publish.entity_csv import write_entity_csv
from headrace.spec.specification import Specification
from headrace.store.builtin import builtin_datasets
from headrace.store.configuration_files import read_specification

DATASET = "conservation-area"
FILES = [
    Artefact("dataset/conservation-area.csv", "a" * 64, 12, "text/csv; charset=utf-8"),
    Artefact("dataset/conservation-area.parquet", "b" * 64, 34, "application/vnd.apache.parquet"),
]


@pytest.fixture(scope="module")
def specification() -> Specification:
    return read_specification(builtin_datasets() / "specification")


def package(specification: Specification, columns: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = orjson.loads(
        make_data_package(specification.dataset(DATASET), specification.fields, FILES, columns)
    )
    return said


def test_each_file_is_told_with_its_length_and_hash(specification: Specification) -> None:
    said = package(specification, ["entity"])

    assert [
        ("conservation-area.csv", 12, f"sha256:{'a' * 64}", "text/csv"),
        ("conservation-area.parquet", 34, f"sha256:{'b' * 64}", "application/vnd.apache.parquet"),
    ] == [(each["path"], each["bytes"], each["hash"], each["mediatype"]) for each in said["resources"]]
    assert (DATASET, "Conservation areas") == (said["name"], said["title"])


def test_the_types_of_columns_hold_for_their_values(
    specification: Specification, conservation: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    """Every value in the CSV can be read as the type that the package names."""
    fields = specification.dataset(DATASET).fields
    write_entity_csv(conservation["entity"], tmp_path / "d.csv", fields)
    with (tmp_path / "d.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = package(specification, list(rows[0]))
    schema = said["resources"][0]["schema"]
    types = {each["name"]: each["type"] for each in schema["fields"]}
    readers = {"integer": int, "date": date.fromisoformat, "number": float, "string": str, "object": orjson.loads}

    assert list(rows[0]) == list(types)
    assert ("integer", "date", "date", "integer") == tuple(
        types[name] for name in ("entity", "entry-date", "designation-date", "organisation-entity")
    )
    for row in rows:
        for name, value in row.items():
            if value:
                readers[types[name]](value)
    assert "entity" == schema["primaryKey"]
