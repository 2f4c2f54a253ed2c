"""How long things wait and are worked on at every stage, and how many come and go."""

from datetime import datetime

import polars as pl

from headrace.flow.duration import DAY_S, seconds
from headrace.flow.stages import in_stage_order
from headrace.flow.survival import percentiles
from headrace.flow.visits import DEPARTED, IN_PROGRESS, WAITING
from headrace.model.event import Kind


def times(visits: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    """Per stage, in stage order, the times and rates of the period from `start` to `now`.

    Takes the visits of the events until `now`; those that ended before `start` say nothing about the period.

    Returns `stage`; `wait_p50_s`, `wait_p85_s`: time in the queue, all returns to it within a visit together;
    `work_p50_s`, `work_p85_s`: time worked on, for visits on which work was begun; `wait_watched_s`, `work_watched_s`:
    the longest seen, which a percentile that is null exceeds; `arrived_per_day`, `departed_per_day`.

    An item that still waits has waited at least so long, and one that was abandoned would have waited on: both are
    in the percentiles as durations that did not end. The same holds for work that has not been finished.
    """
    present = visits.filter(
        (pl.col("ready_at") <= now) & (pl.col("finished_at").is_null() | (pl.col("finished_at") > start))
    )
    waits = _percentiles(_waits(present, start, now), "wait")
    works = _percentiles(_works(present, start, now), "work")
    rates = _rates(present, start, now)
    joined = rates.join(waits, on="stage", how="left").join(works, on="stage", how="left")
    return in_stage_order(joined).with_columns(pl.col("arrived_per_day", "departed_per_day").fill_null(0.0))


def _percentiles(durations: pl.DataFrame, kind: str) -> pl.DataFrame:
    found = percentiles(durations, {f"{kind}_p50_s": 0.5, f"{kind}_p85_s": 0.85})
    return found.rename({"watched_s": f"{kind}_watched_s"})


def _waits(visits: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    until = pl.when(DEPARTED).then("finished_at").when(IN_PROGRESS).then("started_at").otherwise(pl.lit(now))
    exit_s = (seconds(until - pl.col("ready_at")) - pl.col("work_s")).clip(0)
    return visits.select(
        "stage",
        entry_s=pl.min_horizontal(seconds(pl.lit(start) - pl.col("ready_at")).clip(0), exit_s),
        exit_s=exit_s,
        ended=~WAITING & (pl.col("outcome") != Kind.ABANDONED.value),
    )


def _works(visits: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    under_way_s = pl.when(IN_PROGRESS).then(seconds(pl.lit(now) - pl.col("started_at"))).otherwise(0.0)
    exit_s = pl.col("work_s") + under_way_s
    return visits.filter(pl.col("started_at").is_not_null()).select(
        "stage",
        entry_s=pl.min_horizontal(seconds(pl.lit(start) - pl.col("started_at")).clip(0), exit_s),
        exit_s=exit_s,
        ended=pl.col("outcome").is_in([Kind.FINISHED.value, Kind.RETURNED.value]),
    )


def _rates(visits: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    days = (now - start).total_seconds() / DAY_S
    return visits.group_by("stage").agg(
        arrived_per_day=(pl.col("ready_at") >= start).sum() / days,
        departed_per_day=DEPARTED.sum() / days,
    )
