"""Every stream from end to end: how long its items take, and what share of that is work."""

from datetime import datetime

import polars as pl

from headrace.flow.constraint import constraint
from headrace.flow.duration import WEEK_S
from headrace.flow.journey import journeys, lead_times, way
from headrace.flow.survival import percentiles
from headrace.flow.times import SHARES
from headrace.model.stage import StreamModel, Streams


def end_to_end(
    visits: pl.DataFrame, events: pl.DataFrame, stages: pl.DataFrame, model: Streams, start: datetime, now: datetime
) -> pl.DataFrame:
    """One row per stream, in order, over the period from `start` to `now`.

    Takes the visits, the record in order, and the measures of the stages. Returns `stream`; `waiting`, `in_progress` at
    all its stages; `lead_p50_s`, `lead_p85_s` of its journeys, with `lead_watched_s`, which a percentile that is null
    exceeds; `flow_efficiency`: work ÷ lead time of the journeys that were under way in the period, those that still are
    included; `rolled_complete_accurate`: the product over the stages on the way that were measured, null if none was;
    `arrived_per_week`, `departed_per_week`: journeys begun and ended; `constraint`: a stage or null.
    """
    rows = [_row(visits, events, stages, stream, start, now) for stream in model.streams]
    return pl.concat(rows) if rows else pl.DataFrame()


def _row(
    visits: pl.DataFrame,
    events: pl.DataFrame,
    stages: pl.DataFrame,
    stream: StreamModel,
    start: datetime,
    now: datetime,
) -> pl.DataFrame:
    followed = journeys(visits, events, stream)
    durations = lead_times(followed, start, now).with_columns(stage=pl.lit(stream.stream))
    leads = percentiles(durations, {f"lead_{name}_s": share for name, share in SHARES.items()})
    own = stages.filter(pl.col("stream") == stream.stream)
    accepted = own.filter(pl.col("stage").is_in([stage.stage for stage in way(stream)]))[
        "complete_accurate"
    ].drop_nulls()
    weeks = (now - start).total_seconds() / WEEK_S
    under_way = followed.filter(
        pl.coalesce("ended_at", "left_at").is_null() | (pl.coalesce("ended_at", "left_at") > start)
    )
    worked_s, lasted_s = float(under_way["work_s"].sum()), float(durations["exit_s"].sum())
    return (
        pl.DataFrame({"stage": [stream.stream]})
        .join(leads, on="stage", how="left")
        .select(
            stream=pl.col("stage"),
            waiting=pl.lit(own["waiting"].sum(), pl.Int64),
            in_progress=pl.lit(own["in_progress"].sum(), pl.Int64),
            lead_p50_s=pl.col("lead_p50_s"),
            lead_p85_s=pl.col("lead_p85_s"),
            lead_watched_s=pl.col("watched_s"),
            flow_efficiency=pl.lit(worked_s / lasted_s if lasted_s > 0 else None, pl.Float64),
            rolled_complete_accurate=pl.lit(accepted.product() if len(accepted) else None, pl.Float64),
            arrived_per_week=pl.lit(followed.filter(pl.col("began_at") >= start).height / weeks, pl.Float64),
            departed_per_week=pl.lit(followed.filter(pl.col("ended_at") > start).height / weeks, pl.Float64),
            constraint=pl.lit(constraint(own), pl.String),
        )
    )
