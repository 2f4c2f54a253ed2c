"""How a key result stands: its value, its trend, its forecast, and the judgement."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from headrace.model.goal import KeyResult


class Status(StrEnum):
    """How a key result stands."""

    REACHED = "reached"
    ON_COURSE = "on course"
    AT_RISK = "at risk"
    OFF_COURSE = "off course"
    NOT_MEASURED = "not measured"


class Finding(StrEnum):
    """Why a key result stands as it does."""

    THERE = "it is where it should be"
    IN_TIME = "at this rate it is reached in time"
    LATE_MAYBE = "at this rate it is reached late, and at the faster of its rates in time"
    LATE = "at this rate it is reached late"
    TOO_SLOW = "at this rate it is not reached within five years"
    STILL = "it stands still"
    AWAY = "it moves away from its target"
    OVERDUE = "its day is over"
    TOO_FEW = "there are too few values for a forecast"
    NO_VALUE = "nothing of it has been measured"
    QUIET = "nothing of it has been measured lately"
    NOT_YET_KNOWN = "too much is still unfinished for the value to be known"


@dataclass(frozen=True, slots=True)
class Value:
    """What a measure was at a moment.

    Attributes:
        at: the moment.
        value: in the unit of the measure.
    """

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the target is reached, if it goes on as it has gone.

    Attributes:
        per_week: median of the changes per week between all pairs of values.
        on: the day on which the target is reached at that rate; None: not within the years that
            anybody looks ahead.
        earliest, latest: the same at the quartiles of these changes, the one nearer to the target first.
    """

    per_week: float
    on: date | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a key result stands at a moment.

    Attributes:
        key_result: which.
        status, finding: the judgement, and why.
        value: what the measure is now; None if it is not known.
        at_least: what it is at least, where only that is known.
        baseline: where it began; None if that was not measured.
        progress: share of the way from the baseline to the target, negative if it moved away, at most 1; None if there
            is no way to go or one of its ends is not known.
        forecast: None where there are too few values.
        series: the values of the trend, oldest first.
    """

    key_result: KeyResult
    status: Status
    finding: Finding
    value: float | None
    at_least: float | None
    baseline: float | None
    progress: float | None
    forecast: Forecast | None
    series: tuple[Value, ...]
