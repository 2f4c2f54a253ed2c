"""Datasets as the API says them: what the specification says of each, and how much a release holds.

Source: the shape of the existing platform's API.
"""

from typing import Final

import orjson
import polars as pl

COUNT_SCHEMA: Final = pl.Schema(
    {
        "dataset": pl.String,
        "entity_count": pl.Int64,
        "located_count": pl.Int64,
        "latest_entry_date": pl.String,
        "typology": pl.String,
    }
)
"""What is counted of each dataset: its entities, those with a place, and the last day, ISO, that one was entered."""

_SCHEMA: Final = pl.Schema(
    {
        "dataset": pl.String,
        "name": pl.String,
        "typology": pl.String,
        "entity_count": pl.Int64,
        "located_count": pl.Int64,
        "latest_entry_date": pl.String,
        "document": pl.Binary,
    }
)

_FIELDS: Final = (
    "entry-date",
    "start-date",
    "end-date",
    "collection",
    "dataset",
    "description",
    "name",
    "plural",
    "prefix",
    "text",
    "typology",
    "wikidata",
    "wikipedia",
    "entities",
    "themes",
    "entity-count",
    "paint-options",
    "attribution",
    "attribution-text",
    "licence",
    "licence-text",
    "consideration",
    "github-discussion",
    "entity-minimum",
    "entity-maximum",
    "phase",
    "realm",
    "replacement-dataset",
    "version",
)
_NUMBERS: Final = ("github-discussion", "entity-minimum", "entity-maximum")


def make_dataset_documents(datasets: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """One row per dataset, by name: `dataset`, `name`, `typology`, the counts, and `document`, JSON in UTF-8.

    `datasets` has kebab-case text columns; one that is missing is blank. `counts` is of `COUNT_SCHEMA`; a dataset that
    is only counted is described by its name.
    """
    known = {row["dataset"]: row for row in datasets.iter_rows(named=True) if row.get("dataset")}
    counted = {row["dataset"]: row for row in counts.iter_rows(named=True)}
    rows = []
    for dataset in sorted({*known, *counted}):
        count = counted.get(dataset, {"entity_count": 0, "located_count": 0, "latest_entry_date": None})
        said = {"typology": count.get("typology"), "name": dataset, "dataset": dataset}
        said |= {field: value for field, value in known.get(dataset, {}).items() if value}
        document = _say(said, count["entity_count"])
        rows.append(
            {
                "dataset": dataset,
                "name": document["name"],
                "typology": document["typology"],
                "entity_count": count["entity_count"],
                "located_count": count["located_count"],
                "latest_entry_date": count["latest_entry_date"],
                "document": orjson.dumps(document),
            }
        )
    return pl.DataFrame(rows, schema=_SCHEMA)


def _say(said: dict[str, str | None], entity_count: int) -> dict[str, object]:
    document: dict[str, object] = {field: said.get(field) or "" for field in _FIELDS}
    for field in _NUMBERS:
        text = said.get(field) or ""
        document[field] = int(text) if text.isdecimal() else text
    document["themes"] = [theme for theme in (said.get("themes") or "").split(";") if theme]
    document["paint-options"] = _read_object(said.get("paint-options"))
    document["entity-count"] = entity_count
    return document


def _read_object(text: str | None) -> object:
    """The JSON of a cell; the text as it is where it is not JSON."""
    try:
        return orjson.loads(text) if text else ""
    except orjson.JSONDecodeError:
        return text
