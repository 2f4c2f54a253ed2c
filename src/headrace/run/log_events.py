"""The collection log of others as events: what each attempt was for an endpoint, and how it came to need repair."""

from typing import Final

import polars as pl

from headrace.flow.repair import repairs
from headrace.model.attempt import RECORDED_ELSEWHERE
from headrace.model.event import Kind, Stage, build_events

REPAIR: Final = "repair"
"""The stage at which an endpoint waits that has stopped to answer."""

PREFIX: Final = {RECORDED_ELSEWHERE: "log"}
"""How the runs begin of whoever made attempts; another actor gives them its name. The day of the night follows."""


def build_log_events(attempts: pl.DataFrame, owners: pl.DataFrame, actor: str = RECORDED_ELSEWHERE) -> pl.DataFrame:
    """The events (`EVENT_SCHEMA`) of attempts that were not made here.

    Every attempt is one `started` and one `finished` or `failed` at the stage `collect`; to those come the events of
    `repairs` at the stage `repair`. An endpoint that was given up is abandoned at both. The detail of an end says which
    resource it brought that is another than the one before.

    Where the log gives the moment at which the run began for all its attempts, as the existing platform's does since
    autumn 2020, they start at that moment: how long each waited for the others of its run is not known. The time
    between start and end is what was measured for the attempt itself.

    Args:
        attempts: `ATTEMPT_SCHEMA`.
        owners: `endpoint`, `dataset` and `organisation`, one row for each endpoint of which that is known.
        actor: who is said to have made them.
    """
    run = pl.format(f"{PREFIX.get(actor, actor)}-{{}}", "night")
    common = {"item_type": pl.lit("endpoint"), "run": run, "actor": pl.lit(actor)}
    nothing = pl.lit(None, pl.String)
    started = attempts.select(
        *("endpoint", "night"), at="started_at", kind=pl.lit(Kind.STARTED.value), reason=nothing, detail=nothing
    )
    good = pl.col("resource").is_not_null()
    ended = attempts.sort("endpoint", "finished_at").select(
        *("endpoint", "night"),
        at="finished_at",
        kind=pl.when(good).then(pl.lit(Kind.FINISHED.value)).otherwise(pl.lit(Kind.FAILED.value)),
        reason="reason",
        detail=_brought(),
    )
    collected = pl.concat([started, ended]).with_columns(stage=pl.lit(Stage.COLLECT.value))
    repaired = repairs(attempts).rename({"item": "endpoint"}).with_columns(stage=pl.lit(REPAIR))
    repaired = repaired.with_columns(detail=nothing).select(collected.columns)
    given_up = repaired.filter(pl.col("kind") == Kind.ABANDONED.value).with_columns(stage=pl.lit(Stage.COLLECT.value))
    said = pl.concat([collected, repaired, given_up]).join(owners, on="endpoint", how="left")
    return build_events(said.with_columns(**common).rename({"endpoint": "item"}))


def _brought() -> pl.Expr:
    """What an attempt brought that is another than what the endpoint had before, as the detail of its event."""
    before = pl.col("resource").forward_fill().shift(1).over("endpoint")
    new = pl.col("resource").is_not_null() & pl.col("resource").ne_missing(before)
    return pl.when(new).then(pl.concat_str(pl.lit('{"resource":"'), "resource", pl.lit('"}')))
