"""Phases 4 and 6: only entries that match every filter are kept."""

import re
from collections.abc import Mapping

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Filter, Rules
from headrace.transform.concat import positions
from headrace.transform.found import fields_of, refuse
from headrace.transform.matching import matches_at_start


def filter_columns(batch: Batch, rules: Rules) -> Batch:
    """Filters by the names of the resource's columns."""
    return _filter(batch, rules.raw_filters, positions(batch.header), "filter-columns")


def filter_fields(batch: Batch, rules: Rules) -> Batch:
    """Filters by the names of fields."""
    return _filter(batch, rules.filters, {name: name for name in fields_of(batch.entries)}, "filter-fields")


def _filter(batch: Batch, filters: tuple[Filter, ...], columns: Mapping[str, str], phase: str) -> Batch:
    for rule in filters:
        column = columns.get(rule.field)
        if column is None:
            continue
        kept = matches_at_start(batch.entries[column], re.compile(rule.pattern))
        reason = f"configuration keeps only entries whose {rule.field} is like {rule.pattern}"
        refused = refuse(batch.entries.filter(~kept), phase, reason, pl.col(column))
        batch = batch.with_refused(refused).with_entries(batch.entries.filter(kept))
    return batch
