from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from headrace.flow.stream import Passages, measure, passages
from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.model.goal import Goals, Unit
from headrace.model.standing import Finding, Standing, Status
from headrace.run.goals import WEEKS, ToldPast, read_numbers, standings, trend_moments
from headrace.store.goals import read_goals
from headrace.store.lake import Lake
from headrace.store.report_history import ReportHistory
from headrace.store.streams import read_streams

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MODEL = read_streams()
STATED = read_goals()
GOALS = replace(
    STATED,
    objectives=tuple(
        replace(
            objective,
            key_results=tuple(
                replace(result, target=10.0) if result.name == "endpoints-to-repair" else result
                for result in objective.key_results
            ),
        )
        for objective in STATED.objectives
    ),
)
"""The built-in goals, with a target that these tests count on."""


def record(*told: tuple[float, str, Kind], stage: str = "repair") -> list[Event]:
    """Events of endpoints, each so many weeks ago."""
    return [Event(NOW - timedelta(weeks=weeks), "endpoint", item, stage, kind, "test") for weeks, item, kind in told]


def read(events: Sequence[Event]) -> Passages:
    rows = [{name: getattr(event, name) for name in EVENT_SCHEMA} for event in events]
    return passages(pl.DataFrame(rows, schema=EVENT_SCHEMA))


def stand(events: Sequence[Event], name: str, goals: Goals = GOALS) -> Standing:
    passed = read(events)
    told = ToldPast().tell(passed, trend_moments(goals, NOW), MODEL)
    found = standings(goals, passed, measure(passed, NOW, MODEL), told, MODEL, {})
    return next(each for each in found if each.key_result.name == name)


FALLING = record(
    *((12.5, f"e{number}", Kind.READY) for number in range(40)),
    *((12 - number, f"e{number}", Kind.FINISHED) for number in range(12)),
)
"""Forty endpoints need repair, and one is repaired every week."""


def test_a_key_result_is_computed_from_the_record() -> None:
    """28 wait now; at one a week the target of ten is reached in 18 weeks, the week after it is due."""
    standing = stand(FALLING, "endpoints-to-repair")

    assert (28.0, 40.0, 12 / 30) == (standing.value, standing.baseline, standing.progress)
    assert [*(float(40 - number) for number in range(13)), 28.0] == [each.value for each in standing.series]
    assert standing.forecast is not None
    assert (pytest.approx(-1.0, abs=0.03), Status.ON_COURSE) == (standing.forecast.per_week, standing.status)
    assert standing.forecast.on is not None
    assert abs(standing.forecast.on - (NOW + timedelta(weeks=18)).date()) < timedelta(days=5)


def test_what_nobody_has_recorded_is_not_measured() -> None:
    """A queue of which there is no event is not an empty queue."""
    assert {(Status.NOT_MEASURED, Finding.NO_VALUE)} == {
        (each.status, each.finding)
        for each in (stand(FALLING, "triage"), stand(FALLING, "unanswered"), stand([], "endpoints-to-repair"))
    }


def test_a_percentile_that_is_not_known_is_at_least_the_longest_wait() -> None:
    """Nothing has been decided for twenty weeks, which is more than fourteen days."""
    standing = stand(record((20, "x", Kind.READY), stage="go-no-go"), "decisions")

    assert (Status.OFF_COURSE, Finding.NOT_YET_KNOWN, None) == (standing.status, standing.finding, standing.value)
    assert pytest.approx(20 * 7 * 86400.0) == standing.at_least


def test_a_baseline_can_be_the_value_of_a_day() -> None:
    """On the evening of 13 October seven had been repaired."""
    repair = next(result for result in GOALS.key_results if result.name == "endpoints-to-repair")
    since = replace(repair, baseline=date(2026, 10, 13))
    objective = replace(GOALS.objectives[0], key_results=(since,))

    assert 33.0 == stand(FALLING, repair.name, replace(GOALS, objectives=(objective,))).baseline


def test_the_trend_is_told_on_mondays_and_not_before_the_record_begins() -> None:
    moments = trend_moments(GOALS, NOW)
    assert (WEEKS, datetime(2026, 11, 23, tzinfo=UTC), {0}) == (
        *(len(moments), moments[-1]),
        {moment.weekday() for moment in moments},
    )
    told = ToldPast().tell(read(FALLING), moments, MODEL)
    assert told is not None
    assert 13 == told.streams["at"].n_unique()
    assert ToldPast().tell(read([]), moments, MODEL) is None


def test_the_past_is_told_again_where_history_was_added() -> None:
    """What was imported later changes the values of before, and nothing else is measured again."""
    kept = ToldPast()
    moments = trend_moments(GOALS, NOW)
    before = kept.tell(read(FALLING), moments, MODEL)
    same = kept.tell(read(FALLING), moments, MODEL)
    after = kept.tell(read([*FALLING, *record((5, "late", Kind.READY))]), moments, MODEL)
    assert before is not None
    assert same is not None
    assert after is not None
    assert before.stages.equals(same.stages)
    changes = [
        told.stages.filter(pl.col("stage") == "repair").sort("at")["waiting"].to_list() for told in (before, after)
    ]
    assert [0] * 8 + [1] * 5 == [late - early for early, late in zip(*changes, strict=True)]


def test_a_key_result_can_be_a_number_of_a_report(tmp_path: Path) -> None:
    """Of the night before each Monday, and of the latest night."""
    history = ReportHistory(Lake(tmp_path))
    for night, errors in (("2026-11-05", 40.0), ("2026-11-12", 30.0), ("2026-11-24", 12.0)):
        row = {"report": "issues", "measure": "errors", "dataset": None, "organisation": None, "value": errors}
        history.record(night, pl.DataFrame([row], schema_overrides={"dataset": pl.String, "organisation": pl.String}))
    errors = replace(GOALS.key_results[0], name="errors", measure="report/issues.errors", unit=Unit.COUNT, target=10.0)
    goals = replace(GOALS, objectives=(replace(GOALS.objectives[0], key_results=(errors,)),))
    numbers = read_numbers(Lake(tmp_path), goals, trend_moments(goals, NOW))
    passed = read([])
    (standing,) = standings(goals, passed, measure(passed, NOW, MODEL), None, MODEL, numbers)

    assert (12.0, 40.0, [40.0, 30.0, 30.0, 12.0]) == (
        *(standing.value, standing.baseline),
        [each.value for each in standing.series],
    )
    (nothing,) = standings(goals, passed, measure(passed, NOW, MODEL), None, MODEL, {errors.measure: ()})
    assert Finding.NO_VALUE == nothing.finding
