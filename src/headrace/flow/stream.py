"""The streams as a whole: every measure of every stage at one moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import polars as pl

from headrace.flow.accuracy import complete_accurate, first_time
from headrace.flow.constraint import constraint, waited
from headrace.flow.end_to_end import end_to_end
from headrace.flow.health import health
from headrace.flow.journey import way
from headrace.flow.night import last_run, night
from headrace.flow.queue import COUNTS, queues
from headrace.flow.queue_health import QueueHealth, queue_health
from headrace.flow.record import in_order
from headrace.flow.spells import spells
from headrace.flow.stages import in_stage_order
from headrace.flow.times import times
from headrace.flow.trend import trend
from headrace.flow.visits import visits
from headrace.flow.working_hours import WorkingHours
from headrace.model.stage import Streams

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
        model: what is waited for at each stage as a rule; None where nobody said.
    """

    events: pl.DataFrame
    visits: pl.DataFrame
    spells: pl.DataFrame
    run: str | None
    recorded_at: datetime | None
    model: Streams | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """The measures at one moment.

    Attributes:
        now: the moment.
        start: since when times, rates and waiting are measured.
        stages: one row per stage, those of the model in its order, then unknown ones: `stream`, `stage`, the columns of
            `queues`, `times` and `waited`, `complete_accurate` (share 0 to 1), `first_time` (of what came to the stage,
            the share that passed at the first try), `trend` (of what waits: change per week), `queue_health` (a word of
            `QueueHealth`), `health` (a word of `Health`) and `constraint` (whether it is that of its stream).
        streams: one row per stream, in order: what `headrace.flow.end_to_end` returns.
        constraint: of all streams the stage at which most waits longest; None if nothing waits.
        run: the latest run that began work; None if there was none.
        night: what `headrace.flow.night` says about that run.
        recorded_at: the moment of the latest event; None if there is none.
    """

    now: datetime
    start: datetime
    stages: pl.DataFrame
    streams: pl.DataFrame
    constraint: str | None
    run: str | None
    night: pl.DataFrame
    recorded_at: datetime | None


def passages(events: pl.DataFrame, model: Streams | None = None) -> Passages:
    """Read the visits and spells out of the record; the model says what is waited for at a stage as a rule."""
    record = in_order(events)
    latest = record["at"].max()
    return Passages(
        events=record,
        visits=visits(record, model),
        spells=spells(record),
        run=last_run(record),
        recorded_at=latest if isinstance(latest, datetime) else None,
        model=model,
    )


def measure(
    passed: Passages,
    now: datetime,
    model: Streams,
    period: timedelta = PERIOD,
    hours: WorkingHours = WorkingHours(),  # noqa: B008 - immutable
) -> Stream:
    """Every measure of every stage and stream at `now`, which is not before the latest event.

    Times, rates, waiting and shares are those of the `period` that ends now, or since the record began.
    """
    start = _start(passed.visits, now, period)
    happened = night(passed.events, passed.run)
    stages = _stages(passed, start, now, model, hours, happened)
    return Stream(
        now=now,
        start=start,
        stages=stages,
        streams=end_to_end(passed.visits, passed.events, stages, model, start, now),
        constraint=constraint(stages),
        run=passed.run,
        night=happened,
        recorded_at=passed.recorded_at,
    )


def _stages(
    passed: Passages, start: datetime, now: datetime, model: Streams, hours: WorkingHours, happened: pl.DataFrame
) -> pl.DataFrame:
    """The rows of all stages."""
    visited, worked = passed.visits, passed.spells
    passing = first_time(visited, passed.events, start)
    ways = [[stage.stage for stage in way(stream)] for stream in model.streams]
    measured = queues(visited, now)
    parts = (
        times(visited, worked, start, now, hours),
        waited(visited, worked, start, now),
        passing,
        pl.concat([complete_accurate(passing, visited, stages, start) for stages in ways]),
        trend(visited, worked, start, now),
        queue_health(visited, worked, now),
        _expected(model),
    )
    stages = in_stage_order(measured, model.stages)
    for part in parts:
        stages = stages.join(part, on="stage", how="left", maintain_order="left")
    stages = stages.with_columns(
        pl.col(COUNTS).fill_null(0),
        pl.col("waited_s", "mean_waiting", "arrived_per_week", "departed_per_week").fill_null(0.0),
        pl.col("queue_health").fill_null(QueueHealth.EMPTY.value),
    )
    all_failed = happened.filter((pl.col("failed") > 0) & (pl.col("finished") == 0))["stage"].implode()
    colour = health(
        pl.col("expected_wait_s"),
        pl.col("expected_work_s"),
        all_failed=pl.col("stage").is_in(all_failed),
        measured=pl.col("stage").is_in(measured["stage"].implode()),
    )
    most = pl.col("waited_s").max().over("stream")
    first = pl.col("waited_s").eq(most) & (pl.col("waited_s") > 0)
    return stages.select(
        "stream",
        pl.exclude("stream", "expected_wait_s", "expected_work_s"),
        health=colour,
        constraint=first & (first.cum_sum().over("stream") == 1),
    )


def _expected(model: Streams) -> pl.DataFrame:
    """What the model says of every stage."""
    rows = [
        (stage.stage, stage.stream, stage.expected_wait_s, stage.expected_work_s) for stage in model.stages.values()
    ]
    schema = {"stage": pl.String, "stream": pl.String, "expected_wait_s": pl.Float64, "expected_work_s": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _start(visited: pl.DataFrame, now: datetime, period: timedelta) -> datetime:
    """The start of the period: of a record that is younger, its first whole day at least."""
    first = visited["ready_at"].min()
    youngest = now - timedelta(days=1)
    if not isinstance(first, datetime):
        return youngest
    return min(max(now - period, first), youngest)
