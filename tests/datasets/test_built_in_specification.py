"""The specification and configuration that come with Headrace."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from headrace.store.builtin import builtin_datasets
from headrace.store.configuration_files import read_configuration, read_specification

SPECIFICATION = builtin_datasets() / "specification"
PIPELINE = builtin_datasets() / "pipeline"
DATASETS = ("brownfield-land", "conservation-area")
TEXTS = ("description", "text", "guidance")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _files() -> list[Path]:
    """The files in formats of the existing platform; guidance and the lists of categories are Headrace's own."""
    return sorted([*SPECIFICATION.glob("*.csv"), *PIPELINE.rglob("*.csv")])


def test_headrace_can_read_it() -> None:
    """Every dataset that is collected has its specification and its configuration."""
    specification = read_specification(SPECIFICATION)
    for name in DATASETS:
        dataset = specification.dataset(name)
        assert dataset.fields
        assert dataset.mandatory
        assert dataset.entity_minimum is not None
        read_configuration(PIPELINE / name, name)


def test_every_field_has_a_type_and_a_parent_that_is_a_field() -> None:
    """Fields of schemas, and the parents of fields up to their root, are all described."""
    fields = {row["field"]: row for row in _rows(SPECIFICATION / "field.csv")}
    assert {row["field"] for row in _rows(SPECIFICATION / "schema-field.csv")} <= set(fields)
    assert {row["parent-field"] for row in fields.values()} <= set(fields)
    assert {row["datatype"] for row in fields.values()} <= {
        row["datatype"] for row in _rows(SPECIFICATION / "datatype.csv")
    }
    assert {row["typology"] for row in fields.values()} <= {
        row["typology"] for row in _rows(SPECIFICATION / "typology.csv")
    }


def test_every_schema_belongs_to_a_dataset() -> None:
    """Datasets, schemas and pipelines name one another."""
    datasets = {row["dataset"] for row in _rows(SPECIFICATION / "dataset.csv")}
    schemas = {row["schema"] for row in _rows(SPECIFICATION / "schema.csv")}
    assert {row["dataset"] for row in _rows(SPECIFICATION / "dataset-schema.csv")} <= datasets
    assert {row["schema"] for row in _rows(SPECIFICATION / "schema-field.csv")} == schemas
    assert {row["schema"] for row in _rows(SPECIFICATION / "pipeline.csv")} == schemas


def test_every_list_of_categories_is_of_a_dataset_and_used_by_a_field() -> None:
    """A list is named after a dataset of kinds; each of its values is a reference, once, with a name and a meaning."""
    lists = sorted((SPECIFICATION / "category").glob("*.csv"))
    fields = {row["field"] for row in _rows(SPECIFICATION / "field.csv") if row["typology"] == "category"}
    datasets = {row["dataset"] for row in _rows(SPECIFICATION / "dataset.csv")}
    assert lists
    assert {path.stem for path in lists} <= fields & datasets
    for path in lists:
        rows = _rows(path)
        assert len({row["reference"] for row in rows}) == len(rows), path.name
        assert all(row["reference"] == row["name"].lower().replace(" ", "-") for row in rows), path.name
        assert all(row["description"] for row in rows), path.name


def test_nothing_is_said_twice() -> None:
    """Keys are keys."""
    for name, key in (("field", "field"), ("dataset", "dataset"), ("issue-type", "issue-type")):
        counted = Counter(row[key] for row in _rows(SPECIFICATION / f"{name}.csv"))
        assert set(counted.values()) == {1}, name


def test_every_column_of_the_register_becomes_a_field() -> None:
    """The columns of the published standard lead to the fields that replace them, or are ignored by rule."""
    schema = {row["field"] for row in _rows(SPECIFICATION / "schema-field.csv") if row["schema"] == DATASETS[0]}
    transforms = _rows(PIPELINE / DATASETS[0] / "transform.csv")
    fields = {row["field"]: row for row in _rows(SPECIFICATION / "field.csv")}
    old = {name for name in schema if name[0].isupper()}
    assert {row["field"] for row in transforms} | {"OrganisationLabel", "MinNetDwellings"} == old
    assert {row["replacement-field"] for row in transforms} <= schema
    assert all(fields[name]["end-date"] for name in old)


def test_an_issue_type_says_how_bad_it_is_and_whose_task() -> None:
    """Severities are on their list, and every issue type is the task of us or of the publisher."""
    severities = {row["severity"] for row in _rows(SPECIFICATION / "severity.csv")}
    for row in _rows(SPECIFICATION / "issue-type.csv"):
        assert row["severity"] in severities
        assert row["responsibility"] in ("internal", "external")
        assert row["description"].endswith(".")


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(builtin_datasets())))
def test_the_columns_are_those_of_the_existing_platform(path: Path, shared: Path) -> None:
    """A file has the columns, in their order, that the real one has."""
    real = shared / "digital-land" / path.relative_to(builtin_datasets())
    if path.name == "mandatory-field.csv":
        assert not real.exists()
    else:
        assert path.open(encoding="utf-8").readline() == real.open(encoding="utf-8").readline()


def test_issue_types_are_those_of_the_real_specification_and_three_more(shared: Path) -> None:
    """Code, severity and responsibility agree, so that counts can be compared."""

    def told(row: dict[str, str]) -> tuple[str, ...]:
        return row["issue-type"], row["severity"], row["responsibility"], row["quality_criteria_level"]

    real = {told(row) for row in _rows(shared / "digital-land" / "specification" / "issue-type.csv")}
    ours = {told(row) for row in _rows(SPECIFICATION / "issue-type.csv")}
    assert ours - real == {
        ("unknown column", "warning", "external", ""),
        ("doubtful conversion", "warning", "external", ""),
        ("unreadable resource", "error", "external", ""),
    }
    assert real - ours == set()


def test_fields_are_those_of_the_real_specification(shared: Path) -> None:
    """Type, parent, typology and end agree, so that the same values are read in the same way."""
    compared = ("datatype", "parent-field", "typology", "replacement-field", "cardinality", "end-date")
    real = {row["field"]: row for row in _rows(shared / "digital-land" / "specification" / "field.csv")}
    for row in _rows(SPECIFICATION / "field.csv"):
        assert [row[name] for name in compared] == [real[row["field"]][name] for name in compared], row["field"]


def test_descriptions_are_our_own(shared: Path) -> None:
    """No sentence is taken from the real specification."""
    for path in sorted(SPECIFICATION.glob("*.csv")):
        real = shared / "digital-land" / "specification" / path.name
        if path.name == "attribution.csv" or not real.exists():
            continue  # an attribution is worded by law, not by us
        theirs = {row[name] for row in _rows(real) for name in TEXTS if name in row}
        ours = {row[name] for row in _rows(path) for name in TEXTS if name in row}
        assert not (ours & theirs) - {""}, path.name
