"""A dataset as CSV."""

import csv
from pathlib import Path

import polars as pl

from headrace.publish.entity_csv import write_entity_csv

Tables = dict[str, pl.DataFrame]


def read(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_columns_are_fields(conservation: Tables, tmp_path: Path) -> None:
    """Columns of the table come first, with dashes; then those of `json`, sorted; `geojson` and `json` are gone."""
    write_entity_csv(conservation["entity"], tmp_path / "d.csv")

    assert list(read(tmp_path / "d.csv")[0]) == [
        "dataset",
        "end-date",
        "entity",
        "entry-date",
        "geometry",
        "name",
        "organisation-entity",
        "point",
        "prefix",
        "quality",
        "reference",
        "start-date",
        "typology",
        "documentation-url",
        "notes",
    ]


def test_values_come_through(conservation: Tables, tmp_path: Path) -> None:
    """Every value can be read back by any CSV reader; nothing is blank."""
    write_entity_csv(conservation["entity"], tmp_path / "d.csv")

    row = next(row for row in read(tmp_path / "d.csv") if row["reference"] == "WCA/1")
    assert ("<b>Bold & brave</b>", "902", "") == (row["notes"], row["organisation-entity"], row["end-date"])
    assert row["geometry"].startswith("MULTIPOLYGON (((-1.300000 52.000000,")


def test_specified_fields_have_a_column_without_values(conservation: Tables, tmp_path: Path) -> None:
    """A field of the specification is a column whether or not anybody fills it."""
    write_entity_csv(conservation["entity"], tmp_path / "d.csv", fields=("uprn", "name"))

    row = read(tmp_path / "d.csv")[0]
    assert "" == row["uprn"]
    assert ["documentation-url", "notes", "uprn"] == list(row)[-3:]


def test_same_rows_same_bytes(conservation: Tables, tmp_path: Path) -> None:
    """The order in which entities came does not show in the file."""
    entity = conservation["entity"]
    write_entity_csv(entity, tmp_path / "a")
    write_entity_csv(entity.reverse(), tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
