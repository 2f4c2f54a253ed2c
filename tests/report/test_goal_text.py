from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from headrace.model.goal import Aim, KeyResult, Unit
from headrace.model.standing import Finding, Forecast, Standing, Status, Value
from headrace.report.goal_text import (
    record_standing,
    say_change,
    say_finding,
    say_summary,
    say_target,
    say_value,
)

DAY_S = 86400.0
RESULT = KeyResult(
    *("answer", "Report to answer", "feedback.lead_p85_s", Unit.SECONDS, Aim.AT_MOST, 10 * DAY_S),
    baseline=None, by=date(2027, 3, 31),
)  # fmt: skip
FORECAST = Forecast(-0.5 * DAY_S, date(2027, 2, 1), date(2027, 1, 4), date(2027, 4, 5))
STANDING = Standing(
    *(RESULT, Status.ON_COURSE, Finding.IN_TIME, 14 * DAY_S, 90 * DAY_S, 20 * DAY_S, 0.6, FORECAST),
    series=(Value(datetime(2026, 11, 23, tzinfo=UTC), 15 * DAY_S),),
)


def test_values_are_said_with_their_unit() -> None:
    assert ("at most 10 d", "14 d", "down 12 h a week") == (
        *(say_target(RESULT), say_value(STANDING)),
        say_change(STANDING),
    )
    assert "over 90 d" == say_value(replace(STANDING, value=None))
    assert ("–", "–") == (
        say_value(replace(STANDING, value=None, at_least=None)),
        say_change(replace(STANDING, forecast=None)),
    )


def test_a_rate_that_is_too_small_to_be_said_is_no_change() -> None:
    assert "no change" == say_change(replace(STANDING, forecast=replace(FORECAST, per_week=0.0)))
    ratio = replace(STANDING, key_result=replace(RESULT, unit=Unit.RATIO), forecast=replace(FORECAST, per_week=-0.001))
    assert "no change" == say_change(ratio)
    none_wanted = replace(STANDING, value=0.0, key_result=replace(RESULT, target=0.0))
    assert "no change" == say_change(replace(none_wanted, forecast=replace(FORECAST, per_week=0.0)))


@pytest.mark.parametrize(
    ("finding", "forecast", "said"),
    [
        (
            Finding.IN_TIME,
            FORECAST,
            "At this rate it is reached on 1 February 2027 (range: 4 January 2027 to 5 April 2027), in time.",
        ),
        (
            Finding.LATE,
            replace(FORECAST, latest=None),
            "At this rate it is reached on 1 February 2027 (range: 4 January 2027 to never), late.",
        ),
        (
            Finding.LATE_MAYBE,
            replace(FORECAST, on=None),
            "At this rate it is not reached; at the faster of its rates on 4 January 2027, in time.",
        ),
        (Finding.AWAY, FORECAST, "It moves away from its target."),
    ],
)
def test_the_finding_names_days(finding: Finding, forecast: Forecast, said: str) -> None:
    assert said == say_finding(replace(STANDING, finding=finding, forecast=forecast))


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_can_be_said(finding: Finding) -> None:
    """Also where there is no forecast, if the finding does not need one."""
    assert say_finding(replace(STANDING, finding=finding)).endswith(".")


def test_a_summary_counts_those_that_stand_best_first() -> None:
    assert "1 reached, 2 on course" == say_summary([STANDING, replace(STANDING, status=Status.REACHED), STANDING])


def test_a_record_has_the_numbers_in_the_unit_of_the_measure() -> None:
    """And what is known at least only where the value is not."""
    recorded = record_standing(STANDING)
    assert (14 * DAY_S, None, -0.5 * DAY_S, date(2027, 2, 1)) == (
        *(recorded["value"], recorded["at_least"]),
        *(recorded["change_per_week"], recorded["reached_on"]),
    )
    assert 90 * DAY_S == record_standing(replace(STANDING, value=None))["at_least"]
