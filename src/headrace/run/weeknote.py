"""Gathering the facts of a week: from the event record, the collection log and the releases."""

from collections.abc import Callable, Sequence
from datetime import datetime

import polars as pl

from headrace.flow.constraint import constraint, waited
from headrace.flow.past import passages_at
from headrace.flow.release_history import OF_RELEASES, release_history
from headrace.flow.stream import PERIOD, Passages, passages
from headrace.flow.week import asked_in, endpoint_lists, stage_lists
from headrace.model.week import Week
from headrace.report.weeknote import Asked, Goal, ReleaseLive, WeekFacts, write_weeknote
from headrace.run.endpoint_errors import EndpointErrors, read_endpoint_errors
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams

GoalsAt = Callable[[Passages, datetime], Sequence[Goal]]
"""What says how the goals stood at a moment, from the record as it was then."""


def gather_week(
    week: Week, passed: Passages, errors: EndpointErrors, now: datetime, goals_at: GoalsAt | None = None
) -> WeekFacts:
    """What is known of a week at `now`.

    Args:
        week: which.
        passed: the event record.
        errors: the collection log.
        now: in a week that is not over, it is told until then.
        goals_at: where there are goals.
    """
    end = min(week.end, now) if now > week.start else week.end
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
        goals=goals_at(passages_at(passed, end), end) if goals_at else (),
    )


def read_weeknote(lake: Lake, week: Week | None, now: datetime, site: str = "") -> str:
    """The note of a week, or else of the last one that is over, as Markdown; see `write_weeknote` for `site`."""
    passed, model = passages(EventRecord(lake).read()), read_streams()
    chosen = week or Week.of(now.date()).before
    return write_weeknote(gather_week(chosen, passed, read_endpoint_errors(lake), now), model, site)


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
