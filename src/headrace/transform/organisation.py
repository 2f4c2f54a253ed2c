"""Phase 11: the organisation by its CURIE, whichever identifier was written."""

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Rules
from headrace.transform.distinct import map_distinct
from headrace.transform.found import issues_at


def find_organisation(batch: Batch, rules: Rules) -> Batch:
    """Look the organisation up; one that nobody knows is an issue and is left blank."""
    entries = batch.entries
    if "organisation" not in entries.columns:
        return batch
    found = map_distinct(entries["organisation"], rules.organisations_known.find)
    unknown = entries.filter(found.is_null() & entries["organisation"].is_not_null())
    issues = issues_at(unknown, "organisation", "invalid organisation", pl.col("organisation"))
    return batch.with_entries(entries.with_columns(found.alias("organisation"))).with_issues(issues)
