"""How many items had come to, left and were at every stage, at every moment: the cumulative flow diagram as numbers."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from headrace.flow.duration import DAY_S, seconds
from headrace.flow.spells import LOST
from headrace.flow.visits import DEPARTED


def levels(visits: pl.DataFrame) -> pl.DataFrame:
    """The levels of every stage after each moment at which one changed.

    Returns `stage`, `at`, `arrived`, `departed` (visits since the record began) and `present`, their difference: what
    waits and what is in progress.
    """
    arrivals = visits.select("stage", at="ready_at", arrived=1, departed=0)
    departures = visits.filter(DEPARTED).select("stage", at="finished_at", arrived=0, departed=1)
    return (
        pl.concat([arrivals, departures])
        .group_by("stage", "at")
        .agg(pl.col("arrived", "departed").sum())
        .sort("stage", "at")
        .with_columns(pl.col("arrived", "departed").cum_sum().over("stage"))
        .with_columns(present=pl.col("arrived") - pl.col("departed"))
    )


def little(visits: pl.DataFrame, start: datetime, end: datetime) -> pl.DataFrame:
    """Little's law as a check of the record: per stage, by name, over the period from `start` to `end`.

    Returns `stage`, `mean_present` (the integral of the level over the period, divided by its length),
    `departed_per_day`, `mean_lead_s` of the visits that ended in the period, and `apart`: by what share
    `mean_present ÷ departure rate` and the mean lead time differ. Over 0.2 the stage was not in a steady state, or
    events are missing. Null where nothing departed.

    Source: Little, J. D. C., "A proof for the queuing formula L = λW", Operations Research 9 (1961).
    """
    period_s = (end - start).total_seconds()
    lead_s = seconds(pl.col("finished_at") - pl.col("ready_at"))
    departed = (
        visits.filter((pl.col("finished_at") > start) & (pl.col("finished_at") <= end))
        .group_by("stage")
        .agg(departed_per_day=pl.len() * DAY_S / period_s, mean_lead_s=lead_s.mean())
    )
    return (
        _mean_present(visits, start, end)
        .join(departed, on="stage", how="left")
        .with_columns(
            apart=(pl.col("mean_present") * DAY_S / pl.col("departed_per_day") / pl.col("mean_lead_s") - 1).abs()
        )
        .sort("stage")
    )


def _mean_present(visits: pl.DataFrame, start: datetime, end: datetime) -> pl.DataFrame:
    until = pl.col("at").shift(-1).over("stage").fill_null(end)
    held_s = seconds(until.clip(start, end) - pl.col("at").clip(start, end))
    return (
        levels(visits)
        .with_columns(held_s=held_s)
        .group_by("stage")
        .agg(mean_present=(pl.col("present") * pl.col("held_s")).sum() / (end - start).total_seconds())
    )


def levels_at(visits: pl.DataFrame, spells: pl.DataFrame, moments: Sequence[datetime]) -> pl.DataFrame:
    """The levels of every stage at given moments, which come in order.

    Returns `stage`, `at`; `arrived` and `departed` since the record began; `present`, `working` and `waiting` at the
    moment. A spell that was lost counts as waiting.
    """
    marks = pl.Series("at", moments, dtype=pl.Datetime("us", "UTC"))
    known = spells.select("stage", "started_at", "ended_at", "outcome").filter(pl.col("outcome").ne_missing(LOST))
    passed = [
        _until(visits, "ready_at", "arrived", marks),
        _until(visits, "finished_at", "departed", marks),
        _until(known, "started_at", "begun", marks),
        _until(known, "ended_at", "ended", marks),
    ]
    grid = (
        visits.select(pl.col("stage").unique()).sort("stage").join(marks.to_frame().with_row_index("mark"), how="cross")
    )
    for counted in passed:
        grid = grid.join(counted, on=["stage", "mark"], how="left")
    counts = ["arrived", "departed", "begun", "ended"]
    return (
        grid.with_columns(pl.col(counts).fill_null(0).cast(pl.Int64).cum_sum().over("stage", order_by="mark"))
        .with_columns(present=pl.col("arrived") - pl.col("departed"), working=pl.col("begun") - pl.col("ended"))
        .with_columns(waiting=pl.col("present") - pl.col("working"))
        .sort("stage", "mark")
        .drop("mark", "begun", "ended")
    )


def _until(spans: pl.DataFrame, moment: str, name: str, marks: pl.Series) -> pl.DataFrame:
    """How many spans have their moment after one mark and not after the next, by stage and number of the latter."""
    found = spans.select("stage", moment).filter(pl.col(moment).is_not_null())
    mark = marks.search_sorted(found[moment], side="left").cast(pl.UInt32)
    return found.select("stage", mark=mark).group_by("stage", "mark").agg(pl.len().alias(name))
