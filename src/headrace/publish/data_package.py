"""The data package of a dataset: which files there are of it, and what the columns of the table are.

Source: Frictionless Data Package and Table Schema, version 1.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

import orjson

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.release import Artefact
from headrace.spec.specification import DatasetSpecification, FieldSpecification

TYPES: Final = {"datetime": "date", "integer": "integer", "decimal": "number", "json": "object"}
"""Datatype of the specification → type of Table Schema; every other is a string."""

_FORMATS: Final = {"url": "uri"}

_DATES: Final = ("entry-date", "start-date", "end-date")


def make_data_package(
    dataset: DatasetSpecification,
    fields: Mapping[str, FieldSpecification],
    files: Sequence[Artefact],
    columns: Sequence[str],
) -> bytes:
    """The package as JSON.

    Args:
        dataset: what the specification says of it.
        fields: what the specification says of fields, by name.
        files: the published files of the dataset.
        columns: the header of the CSV file.
    """
    said: dict[str, object] = {
        "profile": "data-package",
        "name": dataset.dataset,
        "title": dataset.plural,
        "description": dataset.description,
        "licenses": [{"name": dataset.licence}] if dataset.licence else [],
        "resources": [_describe(file, fields, columns) for file in files],
    }
    return orjson.dumps({name: value for name, value in said.items() if value}, option=orjson.OPT_INDENT_2)


def _describe(file: Artefact, fields: Mapping[str, FieldSpecification], columns: Sequence[str]) -> dict[str, object]:
    path = PurePosixPath(file.name)
    said: dict[str, object] = {
        "name": f"{path.stem}-{path.suffix[1:]}",
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": file.media_type.partition(";")[0],
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if path.suffix == ".csv":
        said |= {
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": {"fields": [_field(column, fields) for column in columns], "primaryKey": "entity"},
        }
    return said


def _field(column: str, fields: Mapping[str, FieldSpecification]) -> dict[str, str]:
    known = fields.get(column)
    datatype = known.datatype if known else ""
    if DATASET_TABLES["entity"].get(column.replace("-", "_")) is not None:
        whole = DATASET_TABLES["entity"][column.replace("-", "_")].is_integer()
        datatype = "integer" if whole else "datetime" if column in _DATES else ""
    said = {"name": column, "type": TYPES.get(datatype, "string")}
    return said | ({"format": _FORMATS[datatype]} if datatype in _FORMATS else {})
