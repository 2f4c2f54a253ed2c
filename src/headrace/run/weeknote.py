"""Gathering the facts of a week: from the event record, the collection log and the releases."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from headrace.flow.constraint import constraint, waited
from headrace.flow.past import PastMeasures, series
from headrace.flow.release_history import OF_RELEASES, release_history
from headrace.flow.stream import PERIOD, Passages, passages
from headrace.flow.week import asked_in, endpoint_lists, stage_lists
from headrace.model.goal import Goals, KeyResult
from headrace.model.stage import Streams
from headrace.model.week import Week
from headrace.report.goal_text import say_day, say_target
from headrace.report.measure_text import format_measure
from headrace.report.week_facts import Asked, Goal, ReleaseLive, WeekFacts
from headrace.report.weeknote import write_weeknote
from headrace.run.endpoint_errors import EndpointErrors, read_endpoint_errors
from headrace.run.goals import ToldPast, first_of
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams


def gather_week(
    week: Week, passed: Passages, errors: EndpointErrors, now: datetime, goals: Sequence[Goal] = ()
) -> WeekFacts:
    """What is known of a week at `now`.

    Args:
        week: which.
        passed: the event record.
        errors: the collection log.
        now: in a week that is not over, it is told until then.
        goals: how the key results stood, as `tell_goals` says.
    """
    end = end_of(week, now)
    lists = _lists(week, passed, errors)
    return WeekFacts(
        week=week,
        until=end,
        lists=lists,
        before={name: rows.height for name, rows in _lists(week.before, passed, errors).items()},
        asked=_asked(week, errors),
        asked_before=_asked(week.before, errors),
        missed=[night for night in errors.missed if week.first <= night <= week.last],
        addresses=_addresses(errors, lists),
        constraint=_constraint(passed, end),
        releases=_releases(week, passed),
        goals=goals,
    )


def end_of(week: Week, now: datetime) -> datetime:
    """Up to when a week is told: to its end, or so far."""
    return min(week.end, now) if now > week.start else week.end


def tell_goals(week: Week, passed: Passages, goals: Goals, told: ToldPast, model: Streams, now: datetime) -> list[Goal]:
    """How every key result that was measured stood at the end of a week, beside how it stood at its beginning."""
    end = end_of(week, now)
    known = told.tell(passed, (week.start, end), model)
    if known is None:
        return []
    return [said for result in goals.key_results if (said := _goal(result, known, passed, model, week.start, end))]


def _goal(
    result: KeyResult, known: PastMeasures, passed: Passages, model: Streams, start: datetime, end: datetime
) -> Goal | None:
    first = first_of(result.measure, passed, model)
    if first is None or first >= end:  # a number of a report is none of the record, and has no first
        return None
    values = dict(series(known, result.measure).drop_nulls().iter_rows())
    if end not in values:
        return None
    was = f"; a week before it was {format_measure(values[start], result.unit)}" if start in values else ""
    said = f"{format_measure(values[end], result.unit)}, to be {say_target(result)} by {say_day(result.by)}{was}"
    return Goal(result.title, said, f"/goals#{result.name}")


def read_weeknote(lake: Lake, week: Week | None, now: datetime, goals: Goals, site: str = "") -> str:
    """The note of a week, or else of the last one that is over, as Markdown; see `write_weeknote` for `site`."""
    passed, model = passages(EventRecord(lake).read()), read_streams()
    chosen = week or Week.of(now.date()).before
    stood = tell_goals(chosen, passed, goals, ToldPast(), model, now)
    return write_weeknote(gather_week(chosen, passed, read_endpoint_errors(lake), now, stood), model, site)


def known_weeks(passed: Passages, errors: EndpointErrors) -> list[Week]:
    """The weeks of which something is recorded, the latest first."""
    nights = errors.nights["night"].unique()
    days = pl.concat([nights, passed.events["at"].dt.date().unique()]).unique()
    mondays = days.dt.truncate("1w").unique().sort(descending=True)
    return [Week(monday) for monday in mondays]


def _lists(week: Week, passed: Passages, errors: EndpointErrors) -> dict[str, pl.DataFrame]:
    return stage_lists(passed, week.start, week.end) | endpoint_lists(errors.nights, week.start, week.end)


def _asked(week: Week, errors: EndpointErrors) -> Asked:
    return Asked(**asked_in(errors.nights, week.start, week.end))


def _constraint(passed: Passages, end: datetime) -> tuple[str, float] | None:
    """The stage at which most waited longest in the period that ended then, and how many waited there on average."""
    first = passed.visits["ready_at"].min()
    if not isinstance(first, datetime) or first >= end:
        return None
    waiting = waited(passed.visits, passed.spells, max(end - PERIOD, first), end)
    row = waiting.filter(pl.col("stage") == constraint(waiting)).to_dicts()
    return (row[0]["stage"], row[0]["mean_waiting"]) if row else None


def _addresses(errors: EndpointErrors, lists: dict[str, pl.DataFrame]) -> dict[str, str]:
    listed = {item for rows in lists.values() for item in rows.filter(pl.col("item_type") == "endpoint")["item"]}
    known = errors.months.select("endpoint", "url").unique("endpoint").drop_nulls()
    return {endpoint: url for endpoint, url in known.iter_rows() if endpoint in listed}


def _releases(week: Week, passed: Passages) -> list[ReleaseLive]:
    history = release_history(passed.events.filter(OF_RELEASES)).select("release", "live_at").drop_nulls()
    live = history.filter(pl.col("live_at").is_between(week.start, week.end, closed="left")).sort("live_at")
    return [ReleaseLive(release, live_at, None, f"/changes?until={release}") for release, live_at in live.iter_rows()]
