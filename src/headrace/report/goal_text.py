"""How a key result stands, in words and as a record: what page, JSON and terminal say."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from headrace.model.goal import KeyResult
from headrace.model.standing import Finding, Forecast, Standing, Status
from headrace.report.measure_text import UNKNOWN, format_measure

LEAST_CHANGE: Final = 0.002
"""Share of the value, or of the target if that is more, below which a change in a week is not worth a word."""

FINDINGS: Final = {
    Finding.THERE: "It is where it should be.",
    Finding.OVERDUE: "Its day is over and it is not there.",
    Finding.TOO_FEW: "Too few values for a forecast yet.",
    Finding.NO_VALUE: "Nothing of it has been recorded.",
    Finding.QUIET: "Nothing of it was measured in the last four weeks.",
    Finding.STILL: "It stands still.",
    Finding.AWAY: "It moves away from its target.",
    Finding.TOO_SLOW: "At this rate it is not reached within five years.",
}
"""What is said where no day has to be named."""


def say_day(day: date) -> str:
    """A day in words: `31 March 2027`."""
    return f"{day.day} {day:%B %Y}"


def say_target(result: KeyResult) -> str:
    """The target with its unit: `at most 26 h`."""
    return f"{result.aim} {format_measure(result.target, result.unit)}"


def say_value(standing: Standing) -> str:
    """What the measure is now; `over 20 d` where only that is known; a dash where nothing is."""
    unit = standing.key_result.unit
    if standing.value is None and standing.at_least is not None:
        return f"over {format_measure(standing.at_least, unit)}"
    return format_measure(standing.value, unit)


def say_change(standing: Standing) -> str:
    """By how much the measure changes in a week: `down 2 h a week`; a dash where there is no forecast."""
    if standing.forecast is None:
        return UNKNOWN
    change = standing.forecast.per_week
    if abs(change) <= LEAST_CHANGE * max(standing.value or 0.0, standing.key_result.target):
        return "no change"
    said = format_measure(abs(change), standing.key_result.unit).removesuffix(" per week")
    return f"{'up' if change > 0 else 'down'} {said} a week"


def say_finding(standing: Standing) -> str:
    """Why a key result stands as it does, in a sentence or two."""
    finding = standing.finding
    if finding is Finding.NOT_YET_KNOWN:
        return "So much is still unfinished that only this is known."
    if standing.forecast is None or finding in FINDINGS:
        return FINDINGS[finding]
    reached = "" if standing.forecast.on is None else f"At this rate it is reached on {say_day(standing.forecast.on)}"
    if finding is Finding.LATE_MAYBE:
        late = f"{reached}, late" if reached else "At this rate it is not reached"
        return f"{late}; at the faster of its rates on {_earliest(standing.forecast)}, in time."
    return f"{reached}{_range(standing.forecast)}, {'in time' if finding is Finding.IN_TIME else 'late'}."


def say_summary(standings: Iterable[Standing]) -> str:
    """How many key results stand how, those that stand best first: `2 reached, 3 off course`."""
    counted = Counter(standing.status for standing in standings)
    return ", ".join(f"{counted[status]} {status}" for status in Status if counted[status])


def record_standing(standing: Standing) -> Mapping[str, object]:
    """Everything about a key result, in the unit of its measure."""
    result, forecast = standing.key_result, standing.forecast
    return {
        "key_result": result.name,
        "title": result.title,
        "measure": result.measure,
        "unit": result.unit,
        "aim": result.aim,
        "target": result.target,
        "by": result.by,
        "baseline": standing.baseline,
        "value": standing.value,
        "at_least": standing.at_least if standing.value is None else None,
        "progress": standing.progress,
        "change_per_week": forecast and forecast.per_week,
        "reached_on": forecast and forecast.on,
        "reached_earliest": forecast and forecast.earliest,
        "reached_latest": forecast and forecast.latest,
        "status": standing.status,
        "finding": standing.finding,
        "series": [{"at": each.at, "value": each.value} for each in standing.series],
    }


def _earliest(forecast: Forecast) -> str:
    return UNKNOWN if forecast.earliest is None else say_day(forecast.earliest)


def _range(forecast: Forecast) -> str:
    """Between which days the middle half of the rates would reach it."""
    if forecast.earliest is None or forecast.earliest == forecast.on == forecast.latest:
        return ""
    latest = "never" if forecast.latest is None else say_day(forecast.latest)
    return f" (range: {say_day(forecast.earliest)} to {latest})"
