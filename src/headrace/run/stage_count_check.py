"""The record against what others counted: how many were at each stage on each day."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from headrace.flow.levels import levels_at
from headrace.flow.stream import passages
from headrace.run.event_import import read_standards_words
from headrace.spec.stage_word import State
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.stage_count import StageCounts
from headrace.store.streams import read_streams

CHECKED: Final = pl.Schema(
    {
        "stage": pl.String(),
        "days": pl.Int64(),
        "days_apart": pl.Int64(),
        "last_apart_on": pl.Date(),
        "counted": pl.Int64(),
        "recorded": pl.Int64(),
    }
)
"""A row per stage: the days on which it was counted, those on which the record has another number, and of the last of
these the day and both numbers, null where there is none."""


def check_stage_counts(lake: Lake) -> pl.DataFrame:
    """How the counts kept in a lake agree with its record, as `CHECKED`, stages in their order.

    Compared is what others count of those who are at a stage; whoever has passed all of them or has left is at none.
    """
    model = read_streams()
    named = {
        word.counted_as: word.stage
        for word in read_standards_words(model).values()
        if word.counted_as and word.state in (State.WAITS, State.WORKED)
    }
    counts = StageCounts(lake).read().filter(pl.col("counted_as").is_in(list(named)))
    days = counts["day"].unique().sort().to_list()
    if not days:
        return pl.DataFrame(schema=CHECKED)
    passed = passages(EventRecord(lake).read(pl.col("stage").is_in(list(named.values()))))
    noons = [datetime.combine(day, time(12), ZoneInfo("UTC")) for day in days]
    present = levels_at(passed.visits, passed.spells, noons).select("stage", "present", day=pl.col("at").dt.date())
    compared = (
        counts.with_columns(stage=pl.col("counted_as").replace_strict(named))
        .join(present, on=["stage", "day"], how="left")
        .with_columns(pl.col("present").fill_null(0), apart=pl.col("count") != pl.col("present").fill_null(0))
        .sort("day")
    )
    last = {
        name: pl.col(column).filter("apart").last()
        for name, column in (("last_apart_on", "day"), ("counted", "count"), ("recorded", "present"))
    }
    checked = compared.group_by("stage").agg(days=pl.len(), days_apart=pl.col("apart").sum(), **last)
    order = {stage: number for number, stage in enumerate(model.stages)}
    return checked.select(CHECKED.names()).cast(CHECKED).sort(pl.col("stage").replace_strict(order))
