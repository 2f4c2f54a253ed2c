"""Phase 12: current fields only, and what the entry is known by: its prefix and reference."""

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Rules
from headrace.transform.found import fields_of
from headrace.transform.migrate import ALWAYS


def identify(batch: Batch, rules: Rules) -> Batch:
    """Drop fields that have ended; complete the reference from the dataset's own field, and the prefix."""
    entries, own = batch.entries, rules.dataset.dataset
    current = [name for name in fields_of(entries) if name in ALWAYS or rules.fields[name].current]
    reference = [pl.col(name) for name in ("reference", own) if name in current]
    prefix = [pl.col("prefix")] if "prefix" in current else []
    return batch.with_entries(
        entries.select(
            "line",
            "entry",
            *(name for name in current if name not in ("reference", "prefix")),
            pl.coalesce(*reference, pl.lit(None, pl.String)).alias("reference"),
            pl.coalesce(*prefix, pl.lit(rules.dataset.prefix)).alias("prefix"),
        )
    )
