"""Which of several facts about one field of one entity holds."""

from typing import Final

import polars as pl

LATEST: Final = "2999-12-31"
"""Stands for the end date of a resource that is still published."""


def choose_winners(facts: pl.DataFrame) -> pl.DataFrame:
    """The winning fact of each entity and field: `entity`, `field`, `value`, `fact`, `resource`, `entry`.

    The higher priority wins, then the later entry date, the later entry, the resource that is still or was longest
    published; what is left is decided by name, so that the order of the facts does not matter.
    """
    rank = facts.with_columns(
        pl.col("entry_date").fill_null(""), pl.col("resource_end_date").fill_null(LATEST).replace("", LATEST)
    )
    order = ["priority", "entry_date", "entry", "resource_end_date", "resource", "fact"]
    descending = [True, True, True, True, False, False]
    return (
        rank.sort(["entity", "field", *order], descending=[False, False, *descending])
        .unique(["entity", "field"], keep="first", maintain_order=True)
        .select("entity", "field", "value", "fact", "resource", "entry")
    )
