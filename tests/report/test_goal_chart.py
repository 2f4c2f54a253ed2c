from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from headrace.model.goal import Aim, KeyResult, Unit
from headrace.model.standing import Finding, Forecast, Standing, Status, Value
from headrace.publish.chart import draw_svg
from headrace.report.goal_chart import chart_standing

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DAY_S = 86400.0
STANDING = Standing(
    KeyResult("a", "Answers", "feedback.lead_p85_s", Unit.SECONDS, Aim.AT_MOST, 10 * DAY_S, None, date(2027, 3, 31)),
    *(Status.ON_COURSE, Finding.IN_TIME, 14 * DAY_S, None, 20 * DAY_S, 0.6),
    forecast=Forecast(-2 * DAY_S, date(2026, 12, 8), date(2026, 12, 8), date(2026, 12, 8)),
    series=tuple(Value(NOW - timedelta(weeks=weeks), (14 + weeks) * DAY_S) for weeks in (6, 5, 2, 1, 0)),
)


def rows(standing: Standing, part: str) -> list[dict[str, Any]]:
    return [row for row in chart_standing(standing, NOW)["data"]["values"] if row["part"] == part]


def test_durations_are_drawn_in_the_unit_that_suits_them() -> None:
    """Days here; and the target beside them in the same."""
    assert [20, 19, 16, 15, 14] == [row["value"] for row in rows(STANDING, "value")]
    assert "≤ 10 days" == chart_standing(STANDING, NOW)["layer"][1]["data"]["values"][0]["said"]


def test_a_missing_week_breaks_the_line() -> None:
    assert [0, 0, 1, 1, 1] == [row["stretch"] for row in rows(STANDING, "value")]


def test_the_forecast_goes_from_now_to_the_day_the_target_is_reached() -> None:
    """Fourteen days now, two fewer a week: ten in a fortnight."""
    assert [(NOW.isoformat(), 14.0), ((NOW + timedelta(weeks=2)).isoformat(), 10.0)] == [
        (row["at"], row["value"]) for row in rows(STANDING, "forecast")
    ]


def test_what_is_not_known_now_has_no_point_and_no_forecast() -> None:
    unknown = replace(STANDING, value=None, forecast=None)
    assert ([], []) == (rows(unknown, "now"), rows(unknown, "forecast"))


def test_any_standing_can_be_drawn() -> None:
    """With values and without, overdue, in every unit."""
    for unit in Unit:
        result = replace(STANDING.key_result, unit=unit, by=date(2026, 1, 1))
        for series in (STANDING.series, ()):
            drawn = draw_svg(chart_standing(replace(STANDING, key_result=result, series=series), NOW))
            assert drawn.startswith(b"<svg")
