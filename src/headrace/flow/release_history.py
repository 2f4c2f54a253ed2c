"""What became of releases: when each went live, and which were taken back."""

from typing import Final

import polars as pl

from headrace.model.event import Kind, Stage

OF_RELEASES: Final = (pl.col("stage") == Stage.RELEASE.value) & (pl.col("item_type") == "release")
"""The events of the record that the history is made of."""


def release_history(events: pl.DataFrame) -> pl.DataFrame:
    """One row per release in the record, that which went live last first.

    Takes the event record. Returns `release`, `live_at` (when it last went live; null if it never did), `taken_back_at`
    and `reason` (of the latest time it was taken back, null if it was not since), and `actor` of the latest of these.
    """
    kind = pl.col("kind").cast(pl.String)
    turns = events.filter(OF_RELEASES & kind.is_in([Kind.FINISHED.value, Kind.RETURNED.value])).sort("at", "id")
    back = kind.last() == Kind.RETURNED.value
    return (
        turns.group_by(release="item")
        .agg(
            live_at=pl.col("at").filter(kind == Kind.FINISHED.value).last(),
            taken_back_at=pl.when(back).then(pl.col("at").last()),
            reason=pl.when(back).then(pl.col("reason").last()),
            actor=pl.col("actor").last(),
        )
        .sort("live_at", "release", descending=True, nulls_last=True)
    )
