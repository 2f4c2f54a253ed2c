"""The chart of a pain point or an opportunity: its measure over time, beside what was wanted of it."""

from collections.abc import Sequence
from datetime import datetime

from headrace.model.goal import Unit
from headrace.model.map_measures import NoteMeasure
from headrace.report.chart_style import DEEP, HEALTH_COLOURS, QUIET, Chart, colour_scale, make_chart

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S

HEIGHT = 220

LINES = {"when it was written": QUIET, "improved": HEALTH_COLOURS["amber"], "solved": HEALTH_COLOURS["green"]}
"""What is drawn across, and in which colour."""


def chart_note(measure: NoteMeasure, points: Sequence[tuple[datetime, float | None]], title: str) -> Chart:
    """The measure at each moment as a line, with the values from which it counts as improved and as solved across."""
    marks = {"when it was written": measure.baseline, "improved": measure.improved, "solved": measure.solved}
    highest = max(value for value in (*marks.values(), *(value for _, value in points)) if value is not None)
    scale, said = _scale(measure.unit, highest)
    rows = [{"at": at.isoformat(), "value": None if value is None else value / scale} for at, value in points]
    across = [{"value": value / scale, "what": what} for what, value in marks.items() if value is not None]
    axis = {"field": "value", "type": "quantitative", "title": said, "scale": {"zero": True}}
    return make_chart(
        rows,
        {
            "height": HEIGHT,
            "layer": [
                {
                    "data": {"values": across},
                    "mark": {"type": "rule", "strokeWidth": 2},
                    "encoding": {
                        "y": axis,
                        "color": {"field": "what", "type": "nominal", "scale": colour_scale(LINES)},
                    },
                },
                {
                    "mark": {"type": "line", "color": DEEP, "point": {"color": DEEP, "size": 40}},
                    "encoding": {"x": {"field": "at", "type": "temporal", "title": None}, "y": axis},
                },
            ],
        },
        title=title,
    )


def _scale(unit: Unit, highest: float) -> tuple[float, str]:
    """How much one of the axis is, and what the axis says."""
    if unit is Unit.SECONDS:
        if highest >= 4 * DAY_S:
            return DAY_S, "days"
        return (HOUR_S, "hours") if highest >= 2 * HOUR_S else (60.0, "minutes")
    if unit is Unit.SHARE:
        return 0.01, "per cent"
    return 1.0, {Unit.PER_WEEK: "items per week", Unit.COUNT: "items"}.get(unit, "ratio")
