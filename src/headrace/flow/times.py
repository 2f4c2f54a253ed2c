"""How long things wait, are worked on and are there at every stage, and how many come and go."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

import polars as pl

from headrace.flow.duration import WEEK_S, elapsed
from headrace.flow.record import PLACE
from headrace.flow.survival import percentiles
from headrace.flow.visits import DEPARTED, IN_PROGRESS, WAITING
from headrace.flow.working_hours import WorkingHours
from headrace.model.event import Kind

SHARES: Final = {"p50": 0.5, "p85": 0.85}
"""The percentiles that are told, by name."""

Clock: TypeAlias = Callable[[pl.Expr, pl.Expr], pl.Expr]
"""How long it is from one moment to another, in seconds."""


def times(
    visits: pl.DataFrame, spells: pl.DataFrame, start: datetime, now: datetime, hours: WorkingHours
) -> pl.DataFrame:
    """Per stage at which something was in the period from `start` to `now`, by name, its times and rates.

    Takes the visits and spells of the events until `now`; visits that ended before `start` say nothing about the
    period.

    Returns `stage`; `wait_p50_s`, `wait_p85_s`: time in the queue, all returns to it within a visit together;
    `work_p50_s`, `work_p85_s`: time worked on, for visits on which work was begun; `lead_p50_s`, `lead_p85_s`: from
    ready to the end; the same in working hours, as `wait_p50_working_s` …; `wait_watched_s`, `work_watched_s`,
    `lead_watched_s`: the longest seen, which a percentile that is null exceeds; `variability`: p85 ÷ p50 of the lead
    time; `arrived_per_week`, `departed_per_week`.

    An item that still waits has waited at least so long, and one that was abandoned would have waited on: both are
    in the percentiles as durations that did not end. The same holds for work that has not been finished.
    """
    present = visits.filter(
        (pl.col("ready_at") <= now) & (pl.col("finished_at").is_null() | (pl.col("finished_at") > start))
    )
    told = _rates(present, start, now)
    for kind, durations in _durations(present, elapsed, start, now).items():
        told = told.join(percentiles(durations, {f"{kind}_{name}_s": share for name, share in SHARES.items()})
                         .rename({"watched_s": f"{kind}_watched_s"}), on="stage", how="left")  # fmt: skip
    for kind, durations in _durations(_at_work(present, spells, hours, start), hours.elapsed, start, now).items():
        named = {f"{kind}_{name}_working_s": share for name, share in SHARES.items()}
        told = told.join(percentiles(durations, named).drop("watched_s"), on="stage", how="left")
    return told.with_columns(
        variability=pl.when(pl.col("lead_p50_s") > 0).then(pl.col("lead_p85_s") / pl.col("lead_p50_s"))
    ).sort("stage")


def lead_times(visits: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    """The lead times of the visits that were there in the period, as `headrace.flow.survival` takes durations."""
    present = visits.filter(pl.col("finished_at").is_null() | (pl.col("finished_at") > start))
    return _durations(present, elapsed, start, now)["lead"]


def _durations(visits: pl.DataFrame, clock: Clock, start: datetime, now: datetime) -> dict[str, pl.DataFrame]:
    """Waiting, work and lead times of visits: `stage`, `entry_s`, `exit_s`, `ended`."""
    ready, begun = pl.col("ready_at"), pl.col("started_at")
    abandoned = pl.col("outcome") == Kind.ABANDONED.value
    until = pl.col("finished_at").fill_null(pl.lit(now))
    waited_until = pl.when(DEPARTED).then("finished_at").when(IN_PROGRESS).then(begun).otherwise(pl.lit(now))
    under_way_s = pl.when(IN_PROGRESS).then(clock(begun, pl.lit(now))).otherwise(0.0)
    works = visits.filter(begun.is_not_null())
    return {
        "wait": _watched(
            visits, clock(ready, waited_until) - pl.col("work_s"), clock(ready, pl.lit(start)), ~WAITING & ~abandoned
        ),
        "work": _watched(
            works,
            pl.col("work_s") + under_way_s,
            clock(begun, pl.lit(start)),
            pl.col("outcome").is_in([Kind.FINISHED.value, Kind.RETURNED.value]),
        ),
        "lead": _watched(visits, clock(ready, until), clock(ready, pl.lit(start)), DEPARTED & ~abandoned),
    }


def _watched(visits: pl.DataFrame, lasted_s: pl.Expr, unseen_s: pl.Expr, ended: pl.Expr) -> pl.DataFrame:
    exit_s = lasted_s.clip(0)
    return visits.select("stage", entry_s=pl.min_horizontal(unseen_s.clip(0), exit_s), exit_s=exit_s, ended=ended)


def _at_work(visits: pl.DataFrame, spells: pl.DataFrame, hours: WorkingHours, start: datetime) -> pl.DataFrame:
    """The visits with `work_s` in working hours."""
    key = [*PLACE, "visit"]
    # Only visits that were there at the start can have older spells; most items of a long record have none of them.
    older = visits.filter(pl.col("ready_at") < start)["item"].unique().implode()
    perhaps = pl.col("ended_at").is_not_null() & ((pl.col("started_at") >= start) | pl.col("item").is_in(older))
    own = spells.filter(perhaps).join(visits.select(key), on=key, how="semi")
    worked = own.select(*key, work_s=hours.elapsed(pl.col("started_at"), pl.col("ended_at")))
    worked = worked.group_by(key).agg(pl.col("work_s").sum())
    return visits.drop("work_s").join(worked, on=key, how="left").with_columns(pl.col("work_s").fill_null(0.0))


def _rates(visits: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    weeks = (now - start).total_seconds() / WEEK_S
    return visits.group_by("stage").agg(
        arrived_per_week=(pl.col("ready_at") >= start).sum() / weeks,
        departed_per_week=DEPARTED.sum() / weeks,
    )
