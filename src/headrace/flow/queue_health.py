"""Whether a queue moves, judged without thresholds: by how the work on it and its length have gone."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import polars as pl

from headrace.flow.duration import elapsed
from headrace.flow.levels import levels_at


class QueueHealth(StrEnum):
    """How a queue does."""

    EMPTY = "empty"
    MOVING = "moving"
    FALLING_BEHIND = "falling behind"
    STALLED = "stalled"
    STOPPED = "stopped"


MEANING: Final = {
    QueueHealth.EMPTY: "nothing waits",
    QueueHealth.MOVING: "the queue was empty or became shorter at least once in the last ten days with work",
    QueueHealth.FALLING_BEHIND: "things leave, yet the queue never became shorter in the last ten days with work",
    QueueHealth.STALLED: "work goes on, and nothing has left in the last ten days with work",
    QueueHealth.STOPPED: "no work has been done for longer than the last ten days with work took together",
}
"""Each in words that end the sentence "It is so because …"."""

WINDOW: Final = 10
"""How many of the latest days on which there was work are looked at."""


def queue_health(visits: pl.DataFrame, spells: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Per stage to which something ever came, by name, its `queue_health`, a word of `QueueHealth`.

    A day with work is one on which work was begun, failed or ended there: what a commit is to a consumer of a message
    queue. What has left is its offset, what waits its lag. A stage with one such day only is judged by the time since
    its first item was ready.

    Source: the evaluation rules of Burrow (github.com/linkedin/Burrow, core/internal/evaluator/caching.go).
    """
    commits = _commits(visits, spells)
    first = visits.group_by("stage").agg(ready_at=pl.col("ready_at").min())
    lags = levels_at(visits, spells, _ends(commits["day"], now)).with_columns(
        day=(pl.col("at") - pl.duration(microseconds=1)).dt.date()
    )
    window = (
        commits.join(lags, on=["stage", "day"], how="left")
        .group_by("stage")
        .agg(
            commits=pl.len(),
            first_at=pl.col("last_at").first(),
            last_at=pl.col("last_at").last(),
            was_empty=(pl.col("waiting") == 0).any(),
            left=pl.col("departed").last() - pl.col("departed").first(),
            shorter=(pl.col("waiting").diff() < 0).any(),
        )
    )
    waiting = lags.filter(pl.col("at") == now).select("stage", "waiting")
    return (
        first.join(window, on="stage", how="left").join(waiting, on="stage")
        .with_columns(since=pl.when(pl.col("commits") > 1).then("first_at").otherwise("ready_at"))
        .select("stage", queue_health=_judged(now))
        .sort("stage")
    )  # fmt: skip


def _judged(now: datetime) -> pl.Expr:
    stopped = elapsed(pl.col("last_at"), pl.lit(now)) > elapsed(pl.col("since"), pl.col("last_at"))
    return (
        pl.when(pl.col("waiting") == 0)
        .then(pl.lit(QueueHealth.EMPTY.value))
        .when(pl.col("commits").is_null() | stopped)
        .then(pl.lit(QueueHealth.STOPPED.value))
        .when("was_empty")
        .then(pl.lit(QueueHealth.MOVING.value))
        .when((pl.col("left") == 0) & (pl.col("commits") > 1))
        .then(pl.lit(QueueHealth.STALLED.value))
        .when(~pl.col("shorter") & (pl.col("commits") > 1))
        .then(pl.lit(QueueHealth.FALLING_BEHIND.value))
        .otherwise(pl.lit(QueueHealth.MOVING.value))
    )


def _commits(visits: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """The latest days with work of every stage, in order, with the moment of the last of it."""
    turns = [
        spells.select("stage", at="started_at"),
        spells.select("stage", at="ended_at"),
        visits.select("stage", at="finished_at"),
    ]
    # Numbers for the names of stages: of a million turns, grouping by text costs twice as much.
    return (
        pl.concat(turns)
        .filter(pl.col("at").is_not_null())
        .with_columns(pl.col("stage").cast(pl.Categorical), day=pl.col("at").dt.date())
        .group_by("stage", "day")
        .agg(last_at=pl.col("at").max())
        .with_columns(pl.col("stage").cast(pl.String))
        .sort("stage", "day")
        .group_by("stage", maintain_order=True)
        .tail(WINDOW)
    )


def _ends(days: pl.Series, now: datetime) -> list[datetime]:
    """The ends (UTC) of days that are over, in order, and now."""
    midnights = days.unique().sort().cast(pl.Datetime("us")).dt.replace_time_zone("UTC").dt.offset_by("1d")
    return [*midnights.filter(midnights < now), now]
