"""The stream as a whole: every measure of every stage at one moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import polars as pl

from headrace.flow.constraint import constraint, waited
from headrace.flow.health import health
from headrace.flow.night import last_run, night
from headrace.flow.queue import queues
from headrace.flow.record import in_order
from headrace.flow.spells import spells
from headrace.flow.times import times
from headrace.flow.visits import visits

PERIOD: Final = timedelta(days=28)
"""What times, rates and the constraint are taken over: four weeks, so that every weekday counts the same."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What the event record says, whatever the time is now: to be kept while the record does not change.

    Attributes:
        events: the record.
        visits: what `headrace.flow.visits` makes of it.
        spells: what `headrace.flow.spells` makes of it.
        run: the latest run that began work; None if there was none.
        recorded_at: the moment of the latest event; None if there is none.
    """

    events: pl.DataFrame
    visits: pl.DataFrame
    spells: pl.DataFrame
    run: str | None
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stream:
    """The measures at one moment.

    Attributes:
        now: the moment.
        start: since when times, rates and waiting are measured.
        stages: one row per stage, in order: the columns of `queues`, `times` and `waited`, with `health`
            (a word of `Health`) and `constraint` (whether it is the constraint).
        constraint: the stage at which most waits longest; None if nothing waits.
        run: the latest run that began work; None if there was none.
        night: what `headrace.flow.night` says about that run.
        recorded_at: the moment of the latest event; None if there is none.
    """

    now: datetime
    start: datetime
    stages: pl.DataFrame
    constraint: str | None
    run: str | None
    night: pl.DataFrame
    recorded_at: datetime | None


def passages(events: pl.DataFrame) -> Passages:
    """Read the visits and spells out of the record."""
    record = in_order(events)
    latest = record["at"].max()
    return Passages(
        events=record,
        visits=visits(record),
        spells=spells(record),
        run=last_run(record),
        recorded_at=latest if isinstance(latest, datetime) else None,
    )


def measure(passed: Passages, now: datetime) -> Stream:
    """Every measure of every stage at `now`, which is not before the latest event."""
    start = _start(passed.visits, now)
    waiting = waited(passed.visits, passed.spells, start, now)
    slowest = constraint(waiting)
    measured = passed.visits["stage"].unique().implode()
    happened = night(passed.events, passed.run)
    all_failed = happened.filter((pl.col("failed") > 0) & (pl.col("finished") == 0))["stage"].implode()
    stages = (
        queues(passed.visits, now)
        .join(times(passed.visits, start, now), on="stage", how="left", maintain_order="left")
        .join(waiting, on="stage", how="left", maintain_order="left")
        .with_columns(
            health=health(
                pl.col("oldest_age_s"),
                all_failed=pl.col("stage").is_in(all_failed),
                measured=pl.col("stage").is_in(measured),
            ),
            constraint=pl.col("stage").eq_missing(pl.lit(slowest)),
        )
    )
    return Stream(now, start, stages, slowest, passed.run, happened, passed.recorded_at)


def _start(visited: pl.DataFrame, now: datetime) -> datetime:
    """The start of the period: of a record that is younger, its first whole day at least."""
    first = visited["ready_at"].min()
    youngest = now - timedelta(days=1)
    if not isinstance(first, datetime):
        return youngest
    return min(max(now - PERIOD, first), youngest)
