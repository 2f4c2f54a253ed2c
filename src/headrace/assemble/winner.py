"""Which of several facts about one field of one entity holds."""

from collections.abc import Mapping
from typing import Final

import polars as pl

LATEST: Final = "2999-12-31"
"""Stands for the end date of a resource that is still published."""

ORDER: Final = {
    "priority": (True, "its file comes from the organisation that the entity belongs to"),
    "entry_date": (True, "it was entered later"),
    "entry": (True, "it stands in a later row"),
    "resource_end_date": (True, "its file is still published, or was longer"),
    "resource": (False, "nothing else tells them apart, so the name of the file decides"),
    "fact": (False, "nothing else tells them apart, so the name of the fact decides"),
}
"""What is compared, in order: whether the greater comes first, and in words why one came before another."""


def rank_facts(facts: pl.DataFrame) -> pl.DataFrame:
    """Facts by entity and field, the one that holds first.

    The higher priority wins, then the later entry date, the later entry, the resource that is still or was longest
    published; what is left is decided by name, so that the order of the facts does not matter.

    Args:
        facts: `FACT_SCHEMA`, `resource` and `resource_end_date` (ISO; null while it is current), in any order.
    """
    comparable = facts.with_columns(
        pl.col("entry_date").fill_null(""), pl.col("resource_end_date").fill_null(LATEST).replace("", LATEST)
    )
    descending = [greater_first for greater_first, _ in ORDER.values()]
    return comparable.sort(["entity", "field", *ORDER], descending=[False, False, *descending])


def choose_winners(facts: pl.DataFrame) -> pl.DataFrame:
    """The winning fact of each entity and field: `entity`, `field`, `value`, `fact`, `resource`, `entry`."""
    return (
        rank_facts(facts)
        .unique(["entity", "field"], keep="first", maintain_order=True)
        .select("entity", "field", "value", "fact", "resource", "entry")
    )


def say_why_before(first: Mapping[str, object], second: Mapping[str, object]) -> str:
    """Why one of two facts came before the other: the first thing in which they differ.

    Args:
        first, second: rows of `rank_facts`, of one entity and field, in their order.
    """
    return next((why for name, (_, why) in ORDER.items() if first[name] != second[name]), "they say the same")
