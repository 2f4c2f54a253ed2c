"""Complete and accurate: what share of the work of a stage the next one can use as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.record import PLACE
from headrace.model.event import Kind

KEY: Final = [*PLACE, "visit"]


def first_time(visits: pl.DataFrame, events: pl.DataFrame, start: datetime) -> pl.DataFrame:
    """Per stage, by name, `first_time`: the share of visits since `start` that passed at the first try.

    Takes the visits and the record in order. Counted are visits that finished, were returned, failed or were blocked
    since `start`; of these passed at the first try what finished without a failure, a return or a block. What was
    skipped or abandoned without any says nothing.
    """
    blocked = events.filter((pl.col("at") > start) & (pl.col("kind") == Kind.BLOCKED.value)).select(KEY).unique()
    recent = visits.filter(pl.col("finished_at").is_null() | (pl.col("finished_at") > start)).join(
        blocked.with_columns(was_blocked=True), on=KEY, how="left"
    )
    outcome = pl.col("outcome")
    stumbled = (
        pl.col("was_blocked").fill_null(value=False)
        | (pl.col("failed_at") > start).fill_null(value=False)
        | (outcome == Kind.RETURNED.value)
    )
    finished = outcome == Kind.FINISHED.value
    clean = finished & ~stumbled & (pl.col("failures") == 0)
    return (
        recent.filter(stumbled | finished)
        .group_by("stage")
        .agg(first_time=clean.mean())
        .sort("stage")
    )  # fmt: skip


def came_back(visits: pl.DataFrame, stage: str, start: datetime) -> float | None:
    """The share of what finished at a stage since `start` that has come to it again later; None if nothing finished."""
    finished = (pl.col("outcome") == Kind.FINISHED.value) & (pl.col("finished_at") > start)
    here = visits.filter(pl.col("stage") == stage).with_columns(
        again=pl.col("visit") < pl.col("visit").max().over("item_type", "item")
    )
    share = here.filter(finished)["again"].mean()
    return float(share) if isinstance(share, float) else None


def complete_accurate(passed: pl.DataFrame, visits: pl.DataFrame, way: Sequence[str], start: datetime) -> pl.DataFrame:
    """Per stage on a way, in its order, `complete_accurate`: the share of its work that was accepted as it was.

    Takes what `first_time` returns. What a stage hands on is judged by the next stage on the way: accepted is what
    passes there at the first try. What the last stage hands on is accepted unless it comes back. Null where there was
    nothing to judge.
    """
    shares = dict(passed.iter_rows())
    accepted = [shares.get(following) for following in way[1:]]
    if way:
        back = came_back(visits, way[-1], start)
        accepted.append(None if back is None else 1.0 - back)
    return pl.DataFrame(
        {"stage": list(way), "complete_accurate": accepted},
        schema={"stage": pl.String, "complete_accurate": pl.Float64},
    )
