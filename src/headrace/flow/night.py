"""What one run of the pipeline did at every stage."""

import polars as pl

from headrace.flow.duration import seconds
from headrace.flow.stages import in_stage_order
from headrace.model.event import Kind, Stage

COUNTED = (Kind.READY, Kind.STARTED, Kind.FINISHED, Kind.FAILED, Kind.SKIPPED)
"""The kinds of event that are counted per stage."""


def last_run(events: pl.DataFrame) -> str | None:
    """The run that began work latest; None when nothing was ever begun.

    A run that only says that something is ready or abandoned, such as an operator's, is not a night.
    """
    started = events.select("at", "run", "kind").filter(pl.col("kind") == Kind.STARTED.value)
    latest = started.filter(pl.col("at") == pl.col("at").max())["run"].max()
    return None if latest is None else str(latest)


def night(events: pl.DataFrame, run: str | None) -> pl.DataFrame:
    """Per stage of the pipeline, in their order, what happened in one run; nothing in none.

    Returns `stage`; `ready`, `started`, `finished`, `failed`, `skipped`: events of the kind; `first_at`, `last_at`: the
    first start and the latest end of work, null where nothing was begun; `seconds` between them; `share` of the time
    from the run's first start to its latest end. Stages overlap, so shares need not add up to 1.
    """
    kind = pl.col("kind").cast(pl.String)
    ends = kind.is_in([Kind.FINISHED.value, Kind.FAILED.value, Kind.RETURNED.value])
    counts = {counted.value: (kind == counted.value).sum() for counted in COUNTED}
    stages = (
        events.filter(pl.col("run") == pl.lit(run, pl.String))
        .unique("id", keep="any")
        .group_by("stage")
        .agg(
            **counts,
            first_at=pl.when(kind == Kind.STARTED.value).then("at").min(),
            last_at=pl.when(ends).then("at").max(),
        )
        .with_columns(seconds=seconds(pl.col("last_at") - pl.col("first_at")))
    )
    whole = seconds(pl.col("last_at").max() - pl.col("first_at").min())
    return in_stage_order(
        stages.with_columns(share=pl.when(whole > 0).then(pl.col("seconds") / whole)), Stage
    ).with_columns(pl.col(list(counts)).fill_null(0))
