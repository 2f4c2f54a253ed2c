"""Phase 10: fields under their present names."""

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Rules

ALWAYS = ("entity", "organisation", "prefix", "reference")
"""Fields that every dataset has."""


def migrate(batch: Batch, rules: Rules) -> Batch:
    """Give each field of the dataset the value of the older field it takes the place of, or else its own.

    Where coordinates are given and the dataset has points, the point is made of them.
    """
    entries = batch.entries
    chosen = []
    for field in sorted({*rules.dataset.fields, *ALWAYS}):
        source = rules.migrations.get(field, field)
        source = source if source in entries.columns else field
        if source in entries.columns:
            chosen.append(pl.col(source).alias(field))
    if {"GeoX", "GeoY"} <= set(entries.columns) and "point" in rules.dataset.fields:
        own = [column for column in chosen if column.meta.output_name() == "point"]
        chosen = [column for column in chosen if column.meta.output_name() != "point"]
        chosen.append(pl.coalesce(pl.format("POINT({} {})", "GeoX", "GeoY"), *own).alias("point"))
    return batch.with_entries(entries.select("line", "entry", *chosen))
