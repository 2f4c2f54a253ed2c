"""Whether a key result will be reached: judged by its values so far and by nothing else."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from statistics import median, quantiles
from typing import Final

from headrace.model.goal import Aim, KeyResult
from headrace.model.standing import Finding, Forecast, Standing, Status, Value

WEEK: Final = timedelta(weeks=1)

LEAST_VALUES: Final = 4
"""How many values a trend is made of at least."""

HORIZON: Final = timedelta(days=5 * 365)
"""How far ahead anybody looks."""


def judge(
    key_result: KeyResult, series: Sequence[Value], now: datetime, value: float | None, at_least: float | None = None
) -> Standing:
    """How a key result stands at `now`, at which its measure is `value`.

    Args:
        key_result: what is to be reached.
        series: values of earlier moments, oldest first, and that of its baseline's day if it has one.
        now: the moment.
        value: what the measure is; None if it is not known.
        at_least: where it is not known because too much goes on, what it is at least.
    """
    baseline = _baseline(key_result, series)
    known = (*series, Value(now, value)) if value is not None else tuple(series)
    forecast = _forecast(key_result, known, now, value)
    status, finding = _judgement(key_result, now, value, at_least, forecast)
    if finding is Finding.NO_VALUE and series:
        finding = Finding.QUIET
    return Standing(
        key_result=key_result,
        status=status,
        finding=finding,
        value=value,
        at_least=at_least,
        baseline=baseline,
        progress=_progress(key_result, baseline, value),
        forecast=forecast,
        series=known,
    )


def is_there(key_result: KeyResult, value: float) -> bool:
    """Whether a value is on the right side of the target, or on it."""
    return value <= key_result.target if key_result.aim is Aim.AT_MOST else value >= key_result.target


def _baseline(key_result: KeyResult, series: Sequence[Value]) -> float | None:
    """The number that is stated, or the first value on or after the day that is stated, or the first of all."""
    if isinstance(key_result.baseline, float):
        return key_result.baseline
    since = key_result.baseline or date.min
    return next((each.value for each in series if each.at.date() >= since), None)


def _progress(key_result: KeyResult, baseline: float | None, value: float | None) -> float | None:
    if baseline is None or value is None or is_there(key_result, baseline):
        return None
    return min((baseline - value) / (baseline - key_result.target), 1.0)


def _forecast(key_result: KeyResult, series: Sequence[Value], now: datetime, value: float | None) -> Forecast | None:
    """The line through the value of now with the median slope.

    Source: Theil, H., "A rank-invariant method of linear and polynomial regression analysis" (1950); Sen, P. K., JASA
    63 (1968): the median of the slopes of all pairs, which single outliers do not turn.
    """
    if value is None or len(series) < LEAST_VALUES:
        return None
    slopes = [
        (later.value - earlier.value) / ((later.at - earlier.at) / WEEK)
        for earlier, later in combinations(series, 2)
        if later.at > earlier.at
    ]
    if len(slopes) < LEAST_VALUES:
        return None
    low, _, high = quantiles(slopes, n=4, method="inclusive")
    fast, slow = (low, high) if key_result.aim is Aim.AT_MOST else (high, low)
    return Forecast(
        per_week=median(slopes),
        on=_reached_on(key_result, now, value, median(slopes)),
        earliest=_reached_on(key_result, now, value, fast),
        latest=_reached_on(key_result, now, value, slow),
    )


def _reached_on(key_result: KeyResult, now: datetime, value: float, per_week: float) -> date | None:
    if is_there(key_result, value):
        return now.date()
    way = key_result.target - value
    if per_week * way <= 0 or way / per_week > HORIZON / WEEK:
        return None
    return (now + WEEK * (way / per_week)).date()


def _judgement(
    key_result: KeyResult, now: datetime, value: float | None, at_least: float | None, forecast: Forecast | None
) -> tuple[Status, Finding]:
    if value is None:
        if at_least is None:
            return Status.NOT_MEASURED, Finding.NO_VALUE
        missed = key_result.aim is Aim.AT_MOST and at_least > key_result.target
        return Status.OFF_COURSE if missed else Status.NOT_MEASURED, Finding.NOT_YET_KNOWN
    if is_there(key_result, value):
        return Status.REACHED, Finding.THERE
    if now >= datetime.combine(key_result.by + timedelta(days=1), time.min, UTC):
        return Status.OFF_COURSE, Finding.OVERDUE
    if forecast is None:
        return Status.AT_RISK, Finding.TOO_FEW
    return _course(key_result, value, forecast)


def _course(key_result: KeyResult, value: float, forecast: Forecast) -> tuple[Status, Finding]:
    """The judgement of what has a forecast, and time left."""
    if forecast.on is not None and forecast.on <= key_result.by:
        return Status.ON_COURSE, Finding.IN_TIME
    if forecast.earliest is not None and forecast.earliest <= key_result.by:
        return Status.AT_RISK, Finding.LATE_MAYBE
    if forecast.on is not None:
        return Status.OFF_COURSE, Finding.LATE
    if forecast.per_week == 0:
        return Status.OFF_COURSE, Finding.STILL
    towards = forecast.per_week * (key_result.target - value) > 0
    return Status.OFF_COURSE, Finding.TOO_SLOW if towards else Finding.AWAY
