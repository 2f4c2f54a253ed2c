"""Phase 14: who owns the entity; what its owner says counts for more."""

import polars as pl

from headrace.model.batch import Batch
from headrace.spec.rules import Rules

AUTHORITATIVE = 2
OTHER = 1


def rank(batch: Batch, rules: Rules) -> Batch:
    """Give each entry its `priority`: 2 where the entity's owner published the resource, otherwise 1.

    Where the owner is somebody else, the entry's organisation becomes the owner.
    """
    entries = batch.entries.with_row_index("#order")
    owned = (
        entries.select("#order", "entity")
        .sort("entity")
        .join_asof(
            rules.numbering.owners.rename({"organisation": "#owner"}),
            left_on="entity",
            right_on="minimum",
            strategy="backward",
            check_sortedness=False,
        )
        .sort("#order")
    )
    owner = owned.select(pl.when(pl.col("entity") <= pl.col("maximum")).then("#owner").alias("#owner")).to_series()
    entries = entries.drop("#order").with_columns(owner)
    own = pl.col("#owner").is_in(list(rules.organisations))
    elsewhere = pl.col("#owner").is_not_null() & ~own
    return batch.with_entries(
        entries.with_columns(
            priority=pl.when(own).then(AUTHORITATIVE).otherwise(OTHER).cast(pl.Int8),
            organisation=pl.when(elsewhere).then("#owner").otherwise("organisation"),
        ).drop("#owner")
    )
