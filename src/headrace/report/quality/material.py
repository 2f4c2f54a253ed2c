"""What the reports on quality are made of: what is configured, what was answered, and what was made of it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl


def _text(*names: str) -> dict[str, type[pl.DataType]]:
    return dict.fromkeys(names, pl.String)


SCHEMAS: Final[dict[str, pl.Schema]] = {
    "organisations": pl.Schema(_text("organisation", "name") | {"entity": pl.Int64} | _text("end_date")),
    "datasets": pl.Schema(_text("dataset", "name", "collection", "typology")),
    "provisions": pl.Schema(_text("organisation", "dataset", "provision_reason", "project", "cohort", "end_date")),
    "sources": pl.Schema(
        _text("source", "collection", "endpoint", "organisation", "dataset", "documentation_url", "licence")
        | _text("entry_date", "end_date")
    ),
    "endpoints": pl.Schema(
        _text("endpoint", "endpoint_url", "plugin", "entry_date", "end_date")
        | {"first_on": pl.Date, "last_on": pl.Date, "succeeded_on": pl.Date, "failing_since": pl.Date}
        | {"failures": pl.Int64}
        | _text("reason", "action")
        | {"status": pl.Int64}
        | _text("exception")
    ),
    "answers": pl.Schema(_text("endpoint", "resource", "content") | {"first_on": pl.Date, "last_on": pl.Date}),
    "outcomes": pl.Schema(
        {"endpoint": pl.String, "status": pl.Int64} | _text("exception", "resource") | {"last_on": pl.Date}
    ),
    "publications": pl.Schema(
        _text("dataset", "resource", "organisation", "endpoint", "start_date", "end_date", "mime_type")
        | {"line_count": pl.Int64, "entry_count": pl.Int64, "entity_count": pl.Int64, "refused": pl.Int64}
        | _text("unread")
    ),
    "issues": pl.Schema(
        _text("dataset", "resource", "organisation", "issue_type", "field") | {"count": pl.Int64} | _text("first_seen")
    ),
    "columns": pl.Schema(_text("dataset", "resource", "column", "field")),
    "fields": pl.Schema(_text("dataset", "field")),
    "replacements": pl.Schema(_text("dataset", "field", "replacement_field")),
    "issue_types": pl.Schema(
        _text("issue_type", "severity", "responsibility", "quality_criteria") | {"quality_criteria_level": pl.Int64}
    ),
    "entities": pl.Schema(
        _text("dataset")
        | {"entity": pl.Int64}
        | _text("reference", "name")
        | {"organisation_entity": pl.Int64}
        | _text("quality", "entry_date", "end_date")
    ),
    "expectations": pl.Schema(_text("dataset", "operation", "passed", "details")),
}
"""Name of each frame → its columns. Text is null where there is nothing; dates kept as text are ISO.

organisations  every organisation that is known, by its CURIE; those with an `end_date` are no more.
datasets       those of the live release.
provisions     who is expected to publish which of them, and why.
sources        who publishes which of them at which endpoint, one row for each dataset that a source serves.
endpoints      each endpoint that a source names, with what the collection log says of it: the nights on which it
               was asked first and last, gave a resource last, and began to fail; how many nights it has failed in a
               row, why, what is to be done about it, and the status and the exception of the last attempt.
answers        each resource that an endpoint has given: its content, and the first and the last night on which it was.
outcomes       each status, exception and resource that asking an endpoint has ended in, with the last night of it.
publications   each resource of a dataset: who publishes it (CURIEs joined by `;`) at which endpoints (joined by `;`),
               from when, until when (null while it is published), its format, its records, entries, entities, records
               that were refused, and why it could not be read at all.
issues         how many there are of a type in a field of a resource that is published, and the night on which the one
               that is known longest was seen first.
columns        which column of a resource was read as which field; a null field is a column that nothing claimed.
fields         the fields of each dataset that have not ended.
replacements   which field takes the place of which older one, in a dataset, or everywhere where that is null.
issue_types    how bad, whose task, and which criterion of quality fails: level 2 keeps data from being usable, level 3
               from being trustworthy.
entities       every entity of the live release.
expectations   what was expected of the datasets, and what came of judging it; `details` is JSON."""


@dataclass(frozen=True, slots=True)
class Material:
    """The frames of `SCHEMAS`, and the day that is today."""

    today: date
    organisations: pl.DataFrame
    datasets: pl.DataFrame
    provisions: pl.DataFrame
    sources: pl.DataFrame
    endpoints: pl.DataFrame
    answers: pl.DataFrame
    outcomes: pl.DataFrame
    publications: pl.DataFrame
    issues: pl.DataFrame
    columns: pl.DataFrame
    fields: pl.DataFrame
    replacements: pl.DataFrame
    issue_types: pl.DataFrame
    entities: pl.DataFrame
    expectations: pl.DataFrame
