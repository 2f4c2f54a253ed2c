"""Organisations as the API says them.

Source: the shape of the existing platform's API.
"""

from typing import Final

import orjson
import polars as pl

_FIELDS: Final = (
    "entry-date",
    "start-date",
    "end-date",
    "organisation",
    "name",
    "combined-authority",
    "entity",
    "local-authority-type",
    "official-name",
    "region",
    "statistical-geography",
    "website",
)


def make_organisation_documents(organisations: pl.DataFrame) -> pl.DataFrame:
    """One row per organisation, by its CURIE: `organisation`, `entity`, `name`, `end_date`, `document` (JSON, UTF-8).

    `organisations` has kebab-case columns; one that is missing is blank.
    """
    rows = {}
    for row in organisations.iter_rows(named=True):
        if not row.get("organisation") or row["organisation"] in rows:
            continue
        entity = _number(row.get("entity"))
        document = {field: row.get(field) or "" for field in _FIELDS} | {"entity": "" if entity is None else entity}
        rows[row["organisation"]] = {
            "organisation": row["organisation"],
            "entity": entity,
            "name": row.get("name") or row["organisation"],
            "end_date": row.get("end-date") or None,
            "document": orjson.dumps(document),
        }
    schema = {"organisation": pl.String, "entity": pl.Int64, "name": pl.String, "end_date": pl.String}
    ordered = [rows[organisation] for organisation in sorted(rows)]
    return pl.DataFrame(ordered, schema=schema | {"document": pl.Binary})


def _number(value: object) -> int | None:
    text = "" if value is None else str(value)
    return int(text) if text.isdecimal() else None
