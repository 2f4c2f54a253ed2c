"""Phase 5: columns are read as fields; one that nothing claims is an issue."""

from dataclasses import replace

import polars as pl

from headrace.model.batch import Batch
from headrace.model.issue import CLAIM_SCHEMA, ISSUE_SCHEMA
from headrace.spec.rules import Rules, normal_name
from headrace.transform.concat import positions

IGNORE = "IGNORE"
"""The field that configuration gives to a column that is left out on purpose."""


def map_columns(batch: Batch, rules: Rules) -> Batch:
    """Read each column as the field that configuration, or else the specification, gives it.

    Of two columns for one field the later holds: those configured come first, each kind in order of the columns' names.
    """
    column_of = positions(batch.header)
    field_of = claim_columns(tuple(column_of), rules)
    source_of = {field: column_of[name] for name, field in field_of.items() if field != IGNORE}
    entries = batch.entries.select(
        "line", "entry", *(pl.col(source_of[field]).alias(field) for field in sorted(source_of))
    )
    claims = pl.DataFrame(list(field_of.items()), schema=dict(CLAIM_SCHEMA), orient="row")
    batch = replace(batch, claims=pl.concat([batch.claims, claims]))
    spoken_for = {*field_of, *(column for rule in rules.concats for column in (rule.field, *rule.columns))}
    return batch.with_issues(_unclaimed(batch, spoken_for, column_of)).with_entries(entries)


def claim_columns(names: tuple[str, ...], rules: Rules) -> dict[str, str]:
    """The field of each column that has one, in the order in which the later holds."""
    claimed = {name: rules.columns[normal_name(name)] for name in sorted(names) if normal_name(name) in rules.columns}
    reserved = rules.reserved & set(claimed.values())
    field_of = {normal_name(field): field for field in input_fields(rules)}
    for name in sorted(names):
        field = field_of.get(normal_name(name))
        if name not in claimed and field and field not in reserved:
            claimed[name] = field
    return claimed


def input_fields(rules: Rules) -> list[str]:
    """The fields that a resource may hold: those of the dataset but the ones that take the place of an older field."""
    return [field for field in rules.dataset.fields if field not in rules.migrations]


def _unclaimed(batch: Batch, spoken_for: set[str], column_of: dict[str, str]) -> pl.DataFrame:
    """An issue for each column with content that no field, rule or later column of the same name speaks for."""
    found = []
    for position, name in enumerate(batch.header):
        column = str(position)
        if name in spoken_for and column_of.get(name) == column:
            continue
        if not name and batch.entries[column].null_count() == batch.entries.height:
            continue
        label = name or f"column {position + 1}"
        if not name:
            message = f"{label} has values but no name; give it the name of a field or leave it out"
        elif column_of[name] != column:
            message = f"the header names {name!r} twice; only the last of them is read"
        else:
            message = f"{name!r} is not a field of this dataset; rename it to the field that it holds, or leave it out"
        found.append((batch.header_line, None, label, "unknown column", label, message))
    return pl.DataFrame(found, schema=dict(ISSUE_SCHEMA), orient="row")
