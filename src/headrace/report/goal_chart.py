"""The trend of a key result as a chart: its values, its target, and where its rate leads."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from headrace.model.goal import Aim, Unit
from headrace.model.standing import Standing
from headrace.report.chart_style import DEEP, GOOD, QUIET, Chart, make_chart

WIDTH: Final = 300
HEIGHT: Final = 88

BEHIND: Final = timedelta(weeks=26)
AHEAD: Final = timedelta(weeks=30)
"""How much of the past is drawn at least, and of the future at most."""

GAP: Final = timedelta(days=8)
"""Values further apart than this have a missing one between them."""

HOUR_S: Final = 3600.0
SCALES: Final = ((4 * 604800.0, 604800.0, "weeks"), (3 * 86400.0, 86400.0, "days"), (0.0, HOUR_S, "hours"))
"""From which largest value on durations are drawn in which unit, and how many seconds that has."""

SIGNS: Final = {Aim.AT_MOST: "≤", Aim.AT_LEAST: "≥"}


def chart_standing(standing: Standing, now: datetime) -> Chart:
    """A small chart: a line of the values until now, a rule at the target, and dots to where the rate leads."""
    result = standing.key_result
    factor, unit = _scale(standing)
    due = datetime.combine(result.by, time.min, UTC)
    ends = max(min(due, now + AHEAD), now)
    values = _past(standing, factor)
    if standing.value is not None:
        values.append({"at": now.isoformat(), "value": standing.value / factor, "part": "now"})
        values += _forecast(standing, factor, now, ends)
    begins = min([now - BEHIND, *(each.at for each in standing.series)])
    number = result.target / factor
    one = unit.removesuffix("s") if number == 1 else unit
    target = {"value": number, "said": f"{SIGNS[result.aim]} {number:.3g} {one}".strip()}
    x: Chart = {
        "field": "at", "type": "temporal",
        "scale": {"type": "utc", "nice": False, "domain": [begins.isoformat(), ends.isoformat()]},
        "axis": {"title": None, "format": "%b %Y", "tickCount": 3, "labelFontSize": 12},
    }  # fmt: skip
    y: Chart = {
        "field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True},
        "axis": {"title": None, "tickCount": 3, "labelFontSize": 12, "format": ",.2~f"},
    }  # fmt: skip
    at_target: Chart = {"y": {"field": "value", "type": "quantitative"}}
    said: Chart = {"x": {"value": WIDTH + 6}, "text": {"field": "said"}, **at_target}

    def layer(part: str, **mark: object) -> Chart:
        unbroken = {"field": "stretch", "type": "nominal"}
        chosen = [{"filter": f"datum.part == '{part}'"}]
        return {"mark": mark, "transform": chosen, "encoding": {"x": x, "y": y, "detail": unbroken}}

    view: Chart = {
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": "none",
        "padding": {"left": 36, "right": 84, "top": 8, "bottom": 24},
        "layer": [
            {
                "mark": {"type": "rule", "color": GOOD, "strokeDash": [1, 0], "strokeWidth": 1.5},
                "data": {"values": [target]},
                "encoding": at_target,
            },
            {
                "mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12, "color": QUIET},
                "data": {"values": [target]},
                "encoding": said,
            },
            layer("value", type="line", strokeWidth=2, point={"size": 8}),
            layer("forecast", type="line", strokeWidth=1.5, strokeDash=[2, 4], color=QUIET),
            layer("now", type="point", size=60, color=DEEP, opacity=1),
        ],
    }
    chart = make_chart(values, view, title=result.title)
    del chart["title"]  # the page has it beside the chart; it is still the description
    return chart


def _past(standing: Standing, factor: float) -> list[dict[str, Any]]:
    """The values of the trend; each stretch without a missing week is a line of its own."""
    rows: list[dict[str, Any]] = []
    stretch, before = 0, None
    for each in standing.series:
        stretch += before is not None and each.at - before > GAP
        before = each.at
        rows.append({"at": each.at.isoformat(), "value": each.value / factor, "part": "value", "stretch": stretch})
    return rows


def _scale(standing: Standing) -> tuple[float, str]:
    """How many of the unit of the measure one unit of the chart has, and what that is called."""
    unit = standing.key_result.unit
    if unit is Unit.SECONDS:
        largest = max([standing.key_result.target, *(each.value for each in standing.series)])
        return next((factor, said) for least, factor, said in SCALES if largest >= least)
    if unit is Unit.SHARE:
        return 0.01, "%"
    return 1.0, "per week" if unit is Unit.PER_WEEK else ""


def _forecast(standing: Standing, factor: float, now: datetime, ends: datetime) -> list[dict[str, Any]]:
    """From the value of now along the median rate, to the end of the chart or the day the target is reached."""
    value, forecast = standing.value, standing.forecast
    if forecast is None or value is None:
        return []
    reached = ends if forecast.on is None else datetime.combine(forecast.on, time.min, UTC)
    until = min(ends, reached)
    if until <= now:
        return []
    weeks = (until - now) / timedelta(weeks=1)
    points = ((now, value), (until, max(value + forecast.per_week * weeks, 0.0)))
    return [{"at": at.isoformat(), "value": each / factor, "part": "forecast"} for at, each in points]
