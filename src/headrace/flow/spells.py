"""Spells of work: one row for every time work on an item was begun."""

from typing import Final

import polars as pl

from headrace.flow.record import CLOSING, PLACE, in_order
from headrace.model.event import Kind

LOST: Final = "lost"
"""How a spell ended that was followed by another start: its end was never recorded, so its run must have died."""


def spells(events: pl.DataFrame) -> pl.DataFrame:
    """The spells of work in the record, by place and start.

    Returns `stage`, `item_type`, `item`, `visit`, `run`, `started_at`, `ended_at` and `outcome`: `failed`, one of the
    closing kinds, `lost`, or null while work goes on. `ended_at` is null for a spell that was lost or goes on.
    """
    turns = in_order(events).filter(pl.col("kind").is_in([Kind.STARTED.value, Kind.FAILED.value, *CLOSING]))
    same_place = pl.col("place") == pl.col("place").shift(-1)
    next_kind = pl.when(same_place).then(pl.col("kind").cast(pl.String).shift(-1))
    lost = next_kind == Kind.STARTED.value
    return (
        turns.with_columns(
            started_at=pl.col("at"),
            outcome=pl.when(lost).then(pl.lit(LOST)).otherwise(next_kind),
            ended_at=pl.when(next_kind.is_not_null() & ~lost).then(pl.col("at").shift(-1)),
        )
        .filter(pl.col("kind") == Kind.STARTED.value)
        .select(*PLACE, "visit", "run", "started_at", "ended_at", "outcome")
    )
