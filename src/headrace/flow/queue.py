"""Queues: what waits at every stage at a moment, and the items behind the numbers."""

from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.awaited import Awaited
from headrace.flow.duration import seconds
from headrace.flow.visits import IN_PROGRESS, WAITING
from headrace.model.event import Kind

COUNTS: Final = ("waiting", "in_progress", "failed", *(f"waits_{word}" for word in Awaited))
"""The columns of `queues` that count items: 0 where nothing is."""


def queues(visits: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Per stage to which something ever came, by name, what is there at `now`.

    Takes the visits of the events until `now`. Returns `stage`, `waiting`, `in_progress`, `failed` (how many of those
    waiting do so after a failure), `oldest_ready_at` and `oldest_age_s` of what waits (null if nothing does), and
    `waits_<word>` for every word of `Awaited`; these add up to `waiting`.
    """
    return (
        visits.filter(pl.col("ready_at") <= now)
        .group_by("stage")
        .agg(
            waiting=WAITING.sum(),
            in_progress=IN_PROGRESS.sum(),
            failed=(WAITING & (pl.col("outcome") == Kind.FAILED.value)).sum(),
            oldest_ready_at=pl.when(WAITING).then("ready_at").min(),
            **{f"waits_{word}": (pl.col("waits_for") == word.value).sum() for word in Awaited},
        )
        .with_columns(oldest_age_s=seconds(pl.lit(now) - pl.col("oldest_ready_at")))
        .sort("stage")
    )


def waiting_items(visits: pl.DataFrame, stage: str, now: datetime) -> pl.DataFrame:
    """The items that wait at a stage, the oldest first: the list behind `waiting`.

    Returns `item_type`, `item`, `since`, `age_s`, `outcome`, `waits_for`, `reason`, `failures`, `dataset` and
    `organisation`.
    """
    return _items(visits.filter(WAITING), stage, pl.col("ready_at"), now)


def items_in_progress(visits: pl.DataFrame, stage: str, now: datetime) -> pl.DataFrame:
    """The items worked on at a stage, the longest under way first; columns as `waiting_items`."""
    return _items(visits.filter(IN_PROGRESS), stage, pl.col("started_at"), now)


def _items(visits: pl.DataFrame, stage: str, since: pl.Expr, now: datetime) -> pl.DataFrame:
    return (
        visits.filter((pl.col("stage") == stage) & (pl.col("ready_at") <= now))
        .select(
            "item_type", "item", "outcome", "waits_for", "reason", "failures", "dataset", "organisation",
            since=since, age_s=seconds(pl.lit(now) - since),
        )
        .sort("since", "item_type", "item")
    )  # fmt: skip
