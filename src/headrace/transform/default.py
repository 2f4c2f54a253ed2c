"""Phase 9: blank fields take another field's value, or a constant."""

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Rules
from headrace.transform.found import issues_at


def fill_defaults(batch: Batch, rules: Rules) -> Batch:
    """Fill blank fields; the organisation is the resource's where it has one, the entry date the day it was seen."""
    entries, issues = batch.entries, []
    for field, source in rules.defaults.items():
        if source not in entries.columns:
            continue
        entries = _with_column(entries, field)
        filled = pl.col(field).is_null() & pl.col(source).is_not_null()
        issues.append(issues_at(entries.filter(filled), field, "default-field", pl.lit(source)))
        entries = entries.with_columns(pl.coalesce(field, source).alias(field))
    for field, value in rules.default_values.items():
        if not value or field in ("organisation", "entry-date"):
            continue
        entries = _with_column(entries, field)
        issues.append(issues_at(entries.filter(pl.col(field).is_null()), field, "default-value", pl.lit(value)))
        entries = entries.with_columns(pl.col(field).fill_null(value))
    organisation = rules.organisations[0] if len(rules.organisations) == 1 else ""
    for field, value in (("organisation", organisation), ("entry-date", rules.entry_date)):
        value = rules.default_values.get(field, value)
        if value:
            entries = _with_column(entries, field).with_columns(pl.col(field).fill_null(value))
    return batch.with_entries(entries).with_issues(*issues)


def _with_column(entries: pl.DataFrame, field: str) -> pl.DataFrame:
    return entries if field in entries.columns else entries.with_columns(pl.lit(None, pl.String).alias(field))
