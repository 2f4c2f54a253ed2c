"""Throughput: how many came to, left and waited at one stage, day by day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import polars as pl

from headrace.flow.days import DAY, midnights
from headrace.flow.levels import levels_at

AN_INSTANT: Final = timedelta(microseconds=1)

EVERY: Final = {"day": "1d", "week": "1w", "month": "1mo"}
"""What rates are told per; weeks begin on Mondays."""


def daily(visits: pl.DataFrame, spells: pl.DataFrame, stage: str, start: datetime, now: datetime) -> pl.DataFrame:
    """One row per whole day, of UTC, from `start`, or from the day of the first arrival, until `now`.

    Returns `on` (date); `arrived`, `departed`: visits in the day; `arrived_before`, `departed_before`: all until its
    end, the bands of a cumulative flow diagram; `present`, `working`, `waiting` at its end.
    """
    here, worked = visits.filter(pl.col("stage") == stage), spells.filter(pl.col("stage") == stage)
    first = here["ready_at"].min()
    marks = midnights(max(start, first - DAY) - AN_INSTANT, now + AN_INSTANT) if isinstance(first, datetime) else []
    levels = levels_at(here, worked, marks)
    return (
        levels.with_columns(
            on=(pl.col("at") - DAY).dt.date(),
            arrived_before="arrived",
            departed_before="departed",
            arrived=pl.col("arrived").diff(),
            departed=pl.col("departed").diff(),
        )
        .filter(pl.col("arrived").is_not_null())
        .select("on", "arrived", "departed", "arrived_before", "departed_before", "present", "working", "waiting")
    )


def rates(days: pl.DataFrame, every: str) -> pl.DataFrame:
    """Arrivals and departures per `day`, `week` or `month`: `since` (date), `arrived`, `departed`, whole ones only.

    Takes what `daily` returns. A week or month of which the record does not hold every day is left out.
    """
    step = EVERY[every]
    began = pl.col("on").dt.truncate(step)
    return (
        days.group_by(since=began)
        .agg(pl.col("arrived", "departed").sum(), days=pl.len())
        .filter(pl.col("days") == (pl.col("since").dt.offset_by(step) - pl.col("since")).dt.total_days())
        .drop("days")
        .sort("since")
    )


def departures(days: pl.DataFrame) -> Sequence[int]:
    """How many left on each day, the earliest first."""
    return list(days["departed"])
