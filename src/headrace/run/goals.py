"""How the goals stand: their measures now and in the past, each judged against its target."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import polars as pl

from headrace.flow.past import PastMeasures, past, series
from headrace.flow.recent import recent
from headrace.flow.reference import read_measure
from headrace.flow.stream import PERIOD, Passages, Stream, measure, passages
from headrace.model.error import MeasureError
from headrace.model.goal import REPORT, Goals, KeyResult
from headrace.model.stage import Streams
from headrace.model.standing import Standing, Value
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.report_history import ReportHistory
from headrace.store.streams import read_streams
from headrace.watch.goal import judge

WEEKS: Final = 26
"""How many weeks the trend of a key result has."""

MARGIN: Final = timedelta(weeks=13)
"""How much older than the first period the record is that the past is told from."""


def trend_moments(goals: Goals, now: datetime) -> tuple[datetime, ...]:
    """The moments of the trend, in order: the last Mondays at midnight (UTC), and the ends of the baselines' days."""
    monday = datetime.combine(now.date() - timedelta(days=now.weekday()), time.min, UTC)
    weeks = {monday - timedelta(weeks=number) for number in range(WEEKS)}
    days = {
        datetime.combine(result.baseline + timedelta(days=1), time.min, UTC)
        for result in goals.key_results
        if isinstance(result.baseline, date)
    }
    return tuple(sorted(moment for moment in weeks | days if moment < now))


class ToldPast:
    """What the measures were at moments that are over: told once, and again only if history was added."""

    def __init__(self) -> None:
        self._told: dict[datetime, tuple[int, PastMeasures]] = {}

    def tell(self, passed: Passages, moments: Sequence[datetime], model: Streams) -> PastMeasures | None:
        """The measures at each of the moments that come after the first event; None if none does."""
        at = passed.events["at"]
        first = at.min()
        after = [moment for moment in moments if isinstance(first, datetime) and first < moment]
        known = {moment: int((at <= moment).sum()) for moment in after}
        new = [moment for moment in after if self._told.get(moment, (-1, None))[0] != known[moment]]
        if new:
            part = recent(passed, new[0] - PERIOD - MARGIN, model)
            for moment in new:
                self._told[moment] = (known[moment], past(part, [moment], model))
        told = [self._told[moment][1] for moment in after]
        if not told:
            return None
        return PastMeasures(
            stages=pl.concat([each.stages for each in told], how="vertical_relaxed"),
            streams=pl.concat([each.streams for each in told], how="vertical_relaxed"),
        )


Numbers = Mapping[str, Sequence[Value]]
"""The values of the numbers of reports, oldest first, by the reference to each."""


def read_numbers(lake: Lake, goals: Goals, moments: Sequence[datetime]) -> Numbers:
    """What the numbers of reports that goals are bound to were at the moments, and are since the latest night."""
    history = ReportHistory(lake)
    references = {result.measure for result in goals.key_results if result.measure.startswith(REPORT)}
    return {reference: _numbers(history, reference, moments) for reference in references}


def stand_now(lake: Lake, goals: Goals, now: datetime) -> tuple[Standing, ...]:
    """How every key result stands by the record of a lake, at `now` or at its latest event if that is later."""
    model = read_streams()
    passed = passages(EventRecord(lake).read(), read_streams())
    stream = measure(passed, max(now, passed.recorded_at or now), model)
    moments = trend_moments(goals, stream.now)
    numbers = read_numbers(lake, goals, moments)
    return standings(goals, passed, stream, ToldPast().tell(passed, moments, model), model, numbers)


def standings(
    goals: Goals, passed: Passages, stream: Stream, told: PastMeasures | None, model: Streams, numbers: Numbers
) -> tuple[Standing, ...]:
    """How every key result stands, in their order, by the measures and numbers of now and of the past.

    A measure of a stage or stream of which nothing has been recorded is not measured: that nothing waits where nobody
    looks says nothing.
    """
    return tuple(
        _judge_number(result, numbers.get(result.measure, ()), stream.now)
        if result.measure.startswith(REPORT)
        else _judge_measure(result, passed, stream, told, model)
        for result in goals.key_results
    )


def _judge_number(result: KeyResult, values: Sequence[Value], now: datetime) -> Standing:
    """By the numbers of a report, of which the latest holds until the next night."""
    return judge(result, values[:-1], now, values[-1].value if values else None)


def _numbers(history: ReportHistory, reference: str, moments: Sequence[datetime]) -> Sequence[Value]:
    """A number at each moment as of the night before it, and on the latest night."""
    report, _, name = reference.removeprefix(REPORT).partition(".")
    nights = history.series(report).filter(pl.col("measure") == name).sort("night")
    told = [(datetime.fromisoformat(night).replace(tzinfo=UTC), value) for night, _, value in nights.iter_rows()]
    if not told:
        return ()
    asked = sorted({moment for moment in moments if moment >= told[0][0]} | {told[-1][0]})
    return [Value(moment, [value for at, value in told if at <= moment][-1]) for moment in asked]


def _judge_measure(
    result: KeyResult, passed: Passages, stream: Stream, told: PastMeasures | None, model: Streams
) -> Standing:
    """By a measure of the event record."""
    first = first_of(result.measure, passed, model)
    if first is None:
        return judge(result, (), stream.now, None)
    values = () if told is None else _values(series(told, result.measure), first, stream.now)
    return judge(
        result, values, stream.now, read_measure(stream, result.measure), at_least=_at_least(stream, result.measure)
    )


def first_of(reference: str, passed: Passages, model: Streams) -> datetime | None:
    """When something was first recorded of what a reference is of."""
    place = reference.partition(".")[0]
    stages = [stage.stage for stage in model.by_name[place].stages] if place in model.by_name else [place]
    here = passed.visits.select(pl.when(pl.col("stage").is_in(stages)).then("ready_at").min())
    first = here.item()
    return first if isinstance(first, datetime) else None


def _values(told: pl.DataFrame, first: datetime, now: datetime) -> tuple[Value, ...]:
    known = told.filter(pl.col("value").is_not_null() & (pl.col("at") > first) & (pl.col("at") < now))
    return tuple(Value(at, value) for at, value in known.select("at", "value").iter_rows())


def _at_least(stream: Stream, reference: str) -> float | None:
    """What an unknown percentile is at least: the longest that was seen."""
    place, _, column = reference.partition(".")
    kind = column.partition("_")[0]
    if "_p50_" not in column and "_p85_" not in column:
        return None
    try:
        return read_measure(stream, f"{place}.{kind}_watched_s")
    except MeasureError:
        return None
