"""The measures agree with an independent library for process mining: pm4py, which is AGPL and is used here alone."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pm4py
import polars as pl
import pytest

from headrace.flow.journey import journeys
from headrace.flow.stream import Passages, passages
from headrace.flow.working_hours import WorkingHours
from headrace.model.event import EVENT_SCHEMA
from headrace.store.streams import read_streams

FEEDBACK = read_streams().by_name["feedback"]
FIRST = datetime(2026, 1, 5, tzinfo=UTC)
WITHIN_S = 1e-3
ITEMS = 80


@pytest.fixture(scope="module")
def record() -> pl.DataFrame:
    """Eighty reports that went through every stage of the feedback stream, after random times; pm4py drops others."""
    chance = np.random.default_rng(11)
    rows = []
    for number in range(ITEMS):
        at = FIRST + timedelta(days=float(chance.uniform(0, 60)))
        for stage in FEEDBACK.stages:
            for kind in ("ready", "started", "finished"):
                rows.append((f"{number}-{stage.stage}-{kind}", at, "feedback", f"report {number}", stage.stage, kind))
                at += timedelta(seconds=float(chance.exponential(90_000)))
    names = ("id", "at", "item_type", "item", "stage", "kind")
    rest = {"attempt": 1, "run": "desk", "actor": "desk"} | dict.fromkeys(
        ("dataset", "organisation", "reason", "detail")
    )
    return pl.DataFrame([dict(zip(names, row, strict=True)) | rest for row in rows], schema=EVENT_SCHEMA)


@pytest.fixture(scope="module")
def passed(record: pl.DataFrame) -> Passages:
    """What Headrace reads from it."""
    return passages(record)


@pytest.fixture(scope="module")
def log(record: pl.DataFrame) -> pd.DataFrame:
    """The same as an event log in which every event is an activity of its own."""
    frame = record.sort("at").select(
        pl.col("item").alias("case:concept:name"),
        pl.format("{} {}", "stage", "kind").alias("concept:name"),
        pl.col("at").alias("time:timestamp"),
    )
    return pd.DataFrame({name: frame[name].to_list() for name in frame.columns})


def test_lead_times_from_end_to_end_agree(passed: Passages, log: pd.DataFrame) -> None:
    """The durations of the cases: from the first ready to the last finish."""
    found = journeys(passed.visits, passed.events, FEEDBACK)
    ours = (found["ended_at"] - found["began_at"]).dt.total_microseconds() / 1e6
    assert ITEMS == found.height
    assert pytest.approx(sorted(pm4py.get_all_case_durations(log)), abs=WITHIN_S) == sorted(ours)


def test_waiting_and_work_at_every_stage_agree(passed: Passages, log: pd.DataFrame) -> None:
    """The arcs from ready to started and from started to finished, in sum, mean, least and most."""
    arcs, _, _ = pm4py.discover_performance_dfg(log)
    for stage in FEEDBACK.stages:
        visits = passed.visits.filter(stage=stage.stage)
        waits = (visits["started_at"] - visits["ready_at"]).dt.total_microseconds() / 1e6
        for ours, arc in ((waits, ("ready", "started")), (visits["work_s"], ("started", "finished"))):
            theirs = arcs[f"{stage.stage} {arc[0]}", f"{stage.stage} {arc[1]}"]
            assert pytest.approx([theirs[name] for name in ("sum", "mean", "min", "max")], abs=WITHIN_S) == [
                ours.sum(), ours.mean(), ours.min(), ours.max()
            ]  # fmt: skip


def test_service_times_agree(passed: Passages, record: pl.DataFrame) -> None:
    """With `start_timestamp` the library measures work as we do; without it would call it nothing."""
    spells = passed.spells.select(
        pl.col("item").alias("case:concept:name"),
        pl.col("stage").alias("concept:name"),
        pl.col("started_at").alias("start_timestamp"),
        pl.col("ended_at").alias("time:timestamp"),
    )
    frame = pd.DataFrame({name: spells[name].to_list() for name in spells.columns})
    theirs = pm4py.get_service_time(frame, aggregation_measure="sum", start_timestamp_key="start_timestamp")
    ours = dict(passed.visits.group_by("stage").agg(pl.col("work_s").sum()).iter_rows())
    assert {stage: pytest.approx(total, abs=WITHIN_S) for stage, total in theirs.items()} == ours


def test_durations_in_working_hours_agree(passed: Passages, log: pd.DataFrame) -> None:
    """Monday to Friday, 9 to 17; the library knows no time zones, so the clock is that of UTC."""
    hour = 3600
    slots = [((24 * day + 9) * hour, (24 * day + 17) * hour) for day in range(5)]
    theirs = pm4py.get_all_case_durations(log, business_hours=True, business_hour_slots=slots)
    found = journeys(passed.visits, passed.events, FEEDBACK)
    ours = found.select(WorkingHours(zone="UTC").elapsed(pl.col("began_at"), pl.col("ended_at")))
    assert pytest.approx(sorted(theirs), abs=WITHIN_S) == sorted(ours.to_series())
