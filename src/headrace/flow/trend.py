"""The trend of a queue: by how much it grows in a week."""

from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.days import DAY
from headrace.flow.levels import levels_at

DAYS_A_WEEK: Final = 7


def trend(visits: pl.DataFrame, spells: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    """Per stage to which something ever came, by name, `trend`: how many more wait after a week than before it.

    It is the slope of the straight line that fits the length of the queue best, taken every 24 hours back from `now`.
    """
    days = max((now - start) // DAY, 1)
    moments = [now - number * DAY for number in range(days, -1, -1)]
    day = pl.int_range(pl.len()).over("stage")
    return (
        levels_at(visits, spells, moments)
        .with_columns(day=day)
        .group_by("stage")
        .agg(trend=pl.cov("day", "waiting") / pl.col("day").var() * DAYS_A_WEEK)
        .sort("stage")
    )
