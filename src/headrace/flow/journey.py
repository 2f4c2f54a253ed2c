"""Journeys: one row for every time an item went through a whole stream, followed from stage to stage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.duration import elapsed
from headrace.flow.record import PLACE
from headrace.model.event import Kind
from headrace.model.stage import StageModel, StreamModel

BROUGHT_BY: Final = "endpoint"
"""The type of item that brings others: its work says in `detail`, as JSON, what it brought."""

GATHERED_IN: Final = ("dataset", "release")
"""Types of item into which many others are gathered: each goes on with the next of them that is begun."""


def way(stream: StreamModel) -> Sequence[StageModel]:
    """The stages through which an item is followed: its own, before them what brings it, after them what it becomes.

    Stages where something else flows, such as a reference without a number, lie beside the way.
    """
    followed = (stream.item_type, *GATHERED_IN)
    first = stream.stages[:1]
    brings = tuple(stage for stage in first if stage.item_type == BROUGHT_BY != stream.item_type)
    return (*brings, *(stage for stage in stream.stages if stage.item_type in followed))


def journeys(visits: pl.DataFrame, events: pl.DataFrame, stream: StreamModel) -> pl.DataFrame:
    """The journeys of the items of a stream, by item and number.

    Takes the visits and the record in order. A journey begins when the item is first ready at a stage of the way, or,
    where the record says which endpoint brought it, when that was; it ends with the finish of the last stage. What
    comes back after that makes another journey. A resource is followed into the dataset whose next making began after
    the resource was done, and from there into the next release.

    Returns `item_type`, `item`, `journey` (from 1), `dataset`, `organisation`; `began_at`; `ended_at`, null for what is
    under way or has left; `left_at`: when it was given up; `work_s`: work of all its visits; `stage`: the last it came
    to.
    """
    stages = way(stream)
    own = [stage.stage for stage in stages if stage.item_type == stream.item_type]
    followed = _through(visits, own, stream.item_type)
    if stages and stages[0].item_type == BROUGHT_BY != stream.item_type:
        followed = _brought(followed, visits, events, stages[0].stage, stream.item_type)
    for stage in stages:
        if stage.item_type in GATHERED_IN:
            followed = _gathered(followed, visits, stage)
    return followed.sort("item_type", "item", "journey")


def lead_times(followed: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    """`entry_s`, `exit_s` and `ended` of the journeys that were under way in the period from `start` to `now`."""
    end = pl.coalesce("ended_at", "left_at")
    until = end.fill_null(pl.lit(now))
    exit_s = elapsed(pl.col("began_at"), until)
    return followed.filter(end.is_null() | (end > start)).select(
        entry_s=pl.min_horizontal(elapsed(pl.col("began_at"), pl.lit(start)).clip(0), exit_s),
        exit_s=exit_s,
        ended=pl.col("ended_at").is_not_null(),
    )


def _through(visits: pl.DataFrame, own: Sequence[str], item_type: str) -> pl.DataFrame:
    """The visits of items to the stages where they flow themselves, put together."""
    over = ["item_type", "item"]
    position = pl.col("stage").replace_strict(
        {stage: number for number, stage in enumerate(own)}, default=None, return_dtype=pl.UInt32
    )
    done = (pl.col("stage") == (own[-1] if own else "")) & (pl.col("outcome") == Kind.FINISHED.value)
    given_up = pl.col("outcome") == Kind.ABANDONED.value
    return (
        visits.filter(pl.col("stage").is_in(own) & (pl.col("item_type") == item_type))
        .sort(*over, "ready_at", position, "visit")
        .with_columns(
            journey=(done | given_up).cast(pl.UInt32).shift(1, fill_value=0).cum_sum().over(over) + 1,
            done=done,
            given_up=given_up,
        )
        .group_by(*over, "journey", maintain_order=True)
        .agg(
            pl.col("dataset", "organisation").last(),
            began_at=pl.col("ready_at").first(),
            ended_at=pl.when(pl.col("done").last()).then(pl.col("finished_at").last()),
            left_at=pl.when(pl.col("given_up").last()).then(pl.col("finished_at").last()),
            work_s=pl.col("work_s").sum(),
            stage=pl.col("stage").last(),
        )
    )


def _brought(followed: pl.DataFrame, visits: pl.DataFrame, events: pl.DataFrame, stage: str, key: str) -> pl.DataFrame:
    """The journeys with the visit before them that brought their item, where the record names it.

    An item is named by its last part: `conservation-area/5f3a…` is the resource `5f3a…` of that dataset.
    """
    said = (pl.col("stage") == stage) & (pl.col("kind") == Kind.FINISHED.value) & pl.col("detail").is_not_null()
    place = [*PLACE, "visit"]
    bringing = (
        events.filter(said)
        .select(*place, brought=pl.col("detail").str.json_path_match(f"$.{key}"))
        .filter(pl.col("brought").is_not_null())
        .join(visits, on=place)
        .sort("finished_at")
        .unique("brought", keep="first", maintain_order=True)
        .select("brought", brought_from=pl.col("ready_at"), brought_work_s=pl.col("work_s"))
    )
    first = (pl.col("journey") == 1) & (pl.col("brought_from") <= pl.col("began_at"))
    return (
        followed.with_columns(brought=pl.col("item").str.split("/").list.last())
        .join(bringing, on="brought", how="left")
        .with_columns(
            began_at=pl.when(first).then("brought_from").otherwise("began_at"),
            work_s=pl.col("work_s") + pl.when(first).then("brought_work_s").otherwise(0.0),
        )
        .drop("brought", "brought_from", "brought_work_s")
    )


def _gathered(followed: pl.DataFrame, visits: pl.DataFrame, stage: StageModel) -> pl.DataFrame:
    """The journeys taken on through a stage where many items are worked on as one."""
    by = ["dataset"] if stage.item_type == "dataset" else None
    made = (
        visits.filter((pl.col("stage") == stage.stage) & (pl.col("outcome") == Kind.FINISHED.value))
        .select(
            *(by or []),
            begun_at=pl.coalesce("started_at", "ready_at"),
            made_at=pl.col("finished_at"),
            made_work_s=pl.col("work_s"),
        )
        .sort("begun_at")
    )
    came = pl.col("ended_at").is_not_null()
    taken = (
        followed.filter(came)
        .sort("ended_at")
        .join_asof(made, left_on="ended_at", right_on="begun_at", by=by, strategy="forward", check_sortedness=False)
        .with_columns(
            ended_at=pl.col("made_at"),
            work_s=pl.col("work_s") + pl.col("made_work_s").fill_null(0.0),
            stage=pl.lit(stage.stage),
        )
        .drop("begun_at", "made_at", "made_work_s")
    )
    return pl.concat([followed.filter(~came), taken.select(followed.columns)])
