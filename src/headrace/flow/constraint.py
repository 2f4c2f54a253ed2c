"""The constraint: the stage at which most is lost by waiting."""

from datetime import datetime

import polars as pl

from headrace.flow.duration import seconds


def waited(visits: pl.DataFrame, spells: pl.DataFrame, start: datetime, end: datetime) -> pl.DataFrame:
    """Per stage, by name, the waiting of all items together in the period from `start` to `end`.

    Takes the visits and spells of work of the events until `end`. Returns `stage`, `waited_s` (item-seconds in the
    queue: waiting × volume) and `mean_waiting`, the same as a mean length of the queue. A spell that was lost counts as
    waiting: nobody knows how much of it was work.
    """
    present = _held(visits, "ready_at", "finished_at", start, end)
    known = spells.select("stage", "started_at", "ended_at", "outcome").filter(pl.col("outcome").ne_missing("lost"))
    worked = _held(known, "started_at", "ended_at", start, end)
    return (
        present.join(worked, on="stage", how="left", suffix="_working")
        .select("stage", waited_s=pl.col("held_s") - pl.col("held_s_working").fill_null(0.0))
        .with_columns(mean_waiting=pl.col("waited_s") / (end - start).total_seconds())
        .sort("stage")
    )


def constraint(waiting: pl.DataFrame) -> str | None:
    """The stage with the most `waited_s`; of equals the first; None if nothing waits."""
    most = waiting.filter((pl.col("waited_s") > 0) & (pl.col("waited_s") == pl.col("waited_s").max()))
    return str(most["stage"][0]) if most.height else None


def _held(spans: pl.DataFrame, since: str, until: str, start: datetime, end: datetime) -> pl.DataFrame:
    """Per stage, the item-seconds of spans, open ones included, that lie in the period."""
    inside = pl.col(until).fill_null(end).clip(start, end) - pl.col(since).clip(start, end)
    return spans.select("stage", held_s=seconds(inside)).group_by("stage").agg(pl.col("held_s").sum())
