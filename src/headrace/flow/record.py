"""The event record in order: every event once, with the visit it belongs to."""

from typing import Final

import polars as pl

from headrace.model.event import Kind

CLOSING: Final = (Kind.RETURNED.value, Kind.FINISHED.value, Kind.SKIPPED.value, Kind.ABANDONED.value)
"""What ends a visit of an item to a stage."""

CAUSAL: Final = pl.Enum(
    [*(kind.value for kind in (Kind.READY, Kind.UNBLOCKED, Kind.BLOCKED, Kind.STARTED, Kind.FAILED)), *CLOSING]
)
"""The kinds in the order in which they happen where the record gives them one moment: some history knows only days."""

PLACE: Final = ("stage", "item_type", "item")
"""An item at a stage: what can be visited."""


def in_order(events: pl.DataFrame) -> pl.DataFrame:
    """The record sorted by place and moment, duplicates removed, with three columns more.

    `place` (UInt32) numbers the items at stages, `visit` (UInt32, from 1) the visits within a place, and `row`
    (UInt32) the rows. A visit ends with a closing event; whatever comes next begins the following one. `kind` becomes
    an Enum in causal order. A record that is in order already is returned as it is.

    Rows with one id are one event: which of them is kept does not matter.
    """
    if "visit" in events.columns:
        return events
    closes = pl.col("kind").is_in(CLOSING)
    return (
        events.with_columns(pl.col("kind").cast(CAUSAL), place=pl.struct(PLACE).rank("dense"))
        .sort("place", "at", "attempt", "kind", "id")
        .filter(pl.col("id").ne_missing(pl.col("id").shift(1)))
        .with_columns(
            visit=closes.cast(pl.UInt32).shift(1, fill_value=0).cum_sum().over("place") + 1,
        )
        .with_row_index("row")
    )


def part_of(record: pl.DataFrame, chosen: pl.Expr) -> pl.DataFrame:
    """The rows of a record in order that are chosen, in order, their `row` numbered anew.

    A part that is no record of its own, because it holds the end of a visit without its beginning, keeps its `visit`.
    """
    return record.filter(chosen).drop("row").with_row_index("row")
