"""The tables of one published dataset, with their columns in order.

Source: the tables of the existing platform's dataset databases, so that its users' queries keep working.
"""

from typing import Final

import polars as pl


def _text(*names: str) -> dict[str, type[pl.DataType]]:
    return dict.fromkeys(names, pl.String)


DATASET_TABLES: Final[dict[str, pl.Schema]] = {
    "entity": pl.Schema(
        _text("dataset", "end_date")
        | {"entity": pl.Int64}
        | _text("entry_date", "geojson", "geometry", "json", "name")
        | {"organisation_entity": pl.Int64}
        | _text("point", "prefix", "quality", "reference", "start_date", "typology")
    ),
    "old_entity": pl.Schema(
        _text("end_date")
        | {"entity": pl.Int64}
        | _text("entry_date", "notes")
        | {"old_entity": pl.Int64}
        | _text("start_date", "status")
    ),
    "fact": pl.Schema(
        _text("end_date")
        | {"entity": pl.Int64}
        | _text("fact", "field", "entry_date")
        | {"priority": pl.Int64}
        | {"reference_entity": pl.Int64}
        | _text("start_date", "value")
    ),
    "fact_resource": pl.Schema(
        _text("end_date", "fact", "entry_date")
        | {"entry_number": pl.Int64, "priority": pl.Int64}
        | _text("resource", "start_date")
    ),
    "issue": pl.Schema(
        _text("end_date")
        | {"entity": pl.Int64}
        | _text("entry_date")
        | {"entry_number": pl.Int64}
        | _text("field", "issue_type")
        | {"line_number": pl.Int64}
        | _text("dataset", "resource", "start_date", "value", "message")
    ),
    "column_field": pl.Schema(_text("end_date", "entry_date", "field", "dataset", "start_date", "resource", "column")),
    "dataset_resource": pl.Schema(
        _text("end_date", "entry_date", "dataset")
        | {"entity_count": pl.Int64, "entry_count": pl.Int64, "line_count": pl.Int64}
        | _text("mime_type", "internal_path", "internal_mime_type", "resource", "start_date")
    ),
    "refused": pl.Schema(
        _text("dataset", "resource")
        | {"line_number": pl.Int64, "entry_number": pl.Int64}
        | _text("phase", "reason", "value")
    ),
}
"""Table name → columns and types. Text is null where there is nothing; dates are ISO text. `refused` is Headrace's own:
the records of a resource that did not become facts, and why."""
