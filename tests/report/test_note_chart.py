from datetime import UTC, datetime

import pytest

from headrace.model.goal import Unit
from headrace.model.map_measures import NoteMeasure
from headrace.publish.chart import draw_svg
from headrace.report.note_chart import chart_note

AT = datetime(2026, 11, 2, tzinfo=UTC)
DAY_S = 86400.0


@pytest.mark.parametrize(
    ("unit", "solved", "value", "said", "drawn"),
    [
        (Unit.SECONDS, DAY_S, 10 * DAY_S, "days", 10),
        (Unit.SECONDS, 3600.0, 7200.0, "hours", 2),
        (Unit.SECONDS, 60.0, 600.0, "minutes", 10),
        (Unit.SHARE, 0.9, 0.5, "per cent", 50),
        (Unit.COUNT, 5, 12.0, "items", 12),
    ],
)
def test_the_axis_is_in_the_unit_that_people_use(
    unit: Unit, solved: float, value: float, said: str, drawn: float
) -> None:
    chart = chart_note(NoteMeasure("check.x", unit, None, None, solved, solved, False), [(AT, value), (AT, None)], "x")
    assert ([drawn, None], said) == (
        [row["value"] for row in chart["data"]["values"]],
        chart["layer"][0]["encoding"]["y"]["title"],
    )
    assert draw_svg(chart).startswith(b"<svg")


def test_what_was_wanted_is_drawn_across() -> None:
    measure = NoteMeasure("check.wait_p85_s", Unit.SECONDS, 7 * DAY_S, "once a week", 5 * DAY_S, DAY_S, False)
    across = chart_note(measure, [(AT, None)], "x")["layer"][0]["data"]["values"]
    drawn = [(each["what"], each["value"]) for each in across]
    assert [("when it was written", 7), ("improved", 5), ("solved", 1)] == drawn
