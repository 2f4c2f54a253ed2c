from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from headrace.model.goal import Aim, KeyResult, Unit
from headrace.model.standing import Finding, Standing, Status, Value
from headrace.watch.goal import judge

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def key_result(aim: Aim = Aim.AT_MOST, baseline: float | date | None = None, by: str = "2027-01-31") -> KeyResult:
    return KeyResult("live", "Time to live", "data.waiting", Unit.COUNT, aim, 10.0, baseline, date.fromisoformat(by))


def weekly(*values: float) -> list[Value]:
    """Values of the weeks before now, the last of them a week ago."""
    return [Value(NOW - timedelta(weeks=len(values) - number), value) for number, value in enumerate(values)]


def judged(values: Sequence[float], aim: Aim = Aim.AT_MOST, by: str = "2027-01-31") -> Standing:
    return judge(key_result(aim, by=by), weekly(*values[:-1]), NOW, values[-1])


@pytest.mark.parametrize(
    ("values", "aim", "status", "finding"),
    [
        ((40, 30, 20, 10), Aim.AT_MOST, Status.REACHED, Finding.THERE),
        ((40, 35, 30, 25), Aim.AT_MOST, Status.ON_COURSE, Finding.IN_TIME),
        ((40, 40, 40, 40), Aim.AT_MOST, Status.OFF_COURSE, Finding.STILL),
        ((30, 35, 40, 45), Aim.AT_MOST, Status.OFF_COURSE, Finding.AWAY),
        ((40, 39, 38, 37), Aim.AT_MOST, Status.OFF_COURSE, Finding.LATE),
        ((40, 39.999, 39.998, 39.997), Aim.AT_MOST, Status.OFF_COURSE, Finding.TOO_SLOW),
        ((50, 40, 50, 40, 50, 40), Aim.AT_MOST, Status.AT_RISK, Finding.LATE_MAYBE),
        ((40, 30, 20), Aim.AT_MOST, Status.AT_RISK, Finding.TOO_FEW),
        ((1, 2, 3, 4), Aim.AT_LEAST, Status.ON_COURSE, Finding.IN_TIME),
        ((4, 3, 2, 1), Aim.AT_LEAST, Status.OFF_COURSE, Finding.AWAY),
        ((4, 3, 2, 12), Aim.AT_LEAST, Status.REACHED, Finding.THERE),
    ],
)
def test_the_status_follows_from_the_values(
    values: tuple[float, ...], aim: Aim, status: Status, finding: Finding
) -> None:
    standing = judged(values, aim)

    assert (status, finding) == (standing.status, standing.finding)


def test_a_steady_line_is_reached_where_it_meets_the_target() -> None:
    """From 25, five fewer a week: 10 after three weeks, whatever pairs are looked at."""
    forecast = judged((40, 35, 30, 25)).forecast

    assert forecast is not None
    assert (-5, *[(NOW + timedelta(weeks=3)).date()] * 3) == (
        forecast.per_week,
        *(forecast.on, forecast.earliest, forecast.latest),
    )


def test_one_outlier_does_not_turn_the_forecast() -> None:
    forecast = judged((60, 55, 500, 45, 40, 35, 30, 25)).forecast

    assert forecast is not None
    assert -5 == forecast.per_week


def test_the_day_itself_is_still_in_time() -> None:
    """What is due by the 24th is overdue on the 25th."""
    assert Finding.OVERDUE != judged((40, 35, 30, 25), by="2026-11-24").finding
    assert (Status.OFF_COURSE, Finding.OVERDUE) == (
        judged((40, 35, 30, 25), by="2026-11-23").status,
        judged((40, 35, 30, 25), by="2026-11-23").finding,
    )


@pytest.mark.parametrize(
    ("baseline", "expected", "progress"),
    [(None, 40.0, 0.5), (60.0, 60.0, 0.7), (date(2026, 11, 10), 30.0, 0.25), (date(2026, 12, 1), None, None)],
)
def test_progress_is_the_share_of_the_way_from_the_baseline(
    baseline: float | date | None, expected: float | None, progress: float | None
) -> None:
    """The baseline is stated, or the first value, or the first on or after a day."""
    standing = judge(key_result(baseline=baseline), weekly(40, 30, 20), NOW, 25)

    assert (expected, progress) == (standing.baseline, standing.progress)


def test_progress_is_negative_where_it_moved_away_and_never_more_than_all() -> None:
    assert (-0.5, 1.0) == (judged((20, 25)).progress, judged((20, 5)).progress)


@pytest.mark.parametrize(
    ("at_least", "aim", "status", "finding"),
    [
        (None, Aim.AT_MOST, Status.NOT_MEASURED, Finding.QUIET),
        (9.0, Aim.AT_MOST, Status.NOT_MEASURED, Finding.NOT_YET_KNOWN),
        (11.0, Aim.AT_MOST, Status.OFF_COURSE, Finding.NOT_YET_KNOWN),
        (11.0, Aim.AT_LEAST, Status.NOT_MEASURED, Finding.NOT_YET_KNOWN),
    ],
)
def test_what_has_no_value_says_why(at_least: float | None, aim: Aim, status: Status, finding: Finding) -> None:
    """A percentile that open items keep from being known is over its target as soon as they are all older."""
    standing = judge(key_result(aim), weekly(40, 30, 20, 15), NOW, None, at_least)

    assert (status, finding, None) == (standing.status, standing.finding, standing.forecast)


def test_what_never_had_a_value_is_not_measured() -> None:
    standing = judge(key_result(), (), NOW, None)

    assert (Status.NOT_MEASURED, Finding.NO_VALUE) == (standing.status, standing.finding)
