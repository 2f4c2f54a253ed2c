"""The collection log of others as events: what each attempt was for an endpoint, and how it came to need repair."""

from typing import Final

import polars as pl

from headrace.flow.repair import repairs
from headrace.model.attempt import RECORDED_ELSEWHERE
from headrace.model.event import Kind, Stage, build_events

REPAIR: Final = "repair"
"""The stage at which an endpoint waits that has stopped to answer."""

RUN: Final = "log-{}"
"""The run of a night of the log, by its day."""


def build_log_events(attempts: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """The events (`EVENT_SCHEMA`) of attempts that were recorded elsewhere.

    Every attempt is one `started` and one `finished` or `failed` at the stage `collect`; to those come the events of
    `repairs` at the stage `repair`. An endpoint that was given up is abandoned at both.

    Where the log gives the moment at which the run began for all its attempts, as the existing platform's does since
    autumn 2020, they start at that moment: how long each waited for the others of its run is not known. The time
    between start and end is what was measured for the attempt itself.

    Args:
        attempts: `ATTEMPT_SCHEMA`.
        owners: `endpoint`, `dataset` and `organisation`, one row for each endpoint of which that is known.
    """
    common = {"item_type": pl.lit("endpoint"), "run": pl.format(RUN, "night"), "actor": pl.lit(RECORDED_ELSEWHERE)}
    started = attempts.select(
        *("endpoint", "night"), at="started_at", kind=pl.lit(Kind.STARTED.value), reason=pl.lit(None, pl.String)
    )
    good = pl.col("resource").is_not_null()
    ended = attempts.select(
        *("endpoint", "night"),
        at="finished_at",
        kind=pl.when(good).then(pl.lit(Kind.FINISHED.value)).otherwise(pl.lit(Kind.FAILED.value)),
        reason="reason",
    )
    collected = pl.concat([started, ended]).with_columns(stage=pl.lit(Stage.COLLECT.value))
    repaired = repairs(attempts).rename({"item": "endpoint"}).with_columns(stage=pl.lit(REPAIR))
    repaired = repaired.select(collected.columns)
    given_up = repaired.filter(pl.col("kind") == Kind.ABANDONED.value).with_columns(stage=pl.lit(Stage.COLLECT.value))
    said = pl.concat([collected, repaired, given_up]).join(owners, on="endpoint", how="left")
    return build_events(said.with_columns(**common).rename({"endpoint": "item"}))
