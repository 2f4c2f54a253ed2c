"""The weeknotes: what every week was like, written from the record."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final

import polars as pl
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from headrace.model.error import SettingsError
from headrace.model.week import Week
from headrace.report.week_facts import WeekFacts
from headrace.report.weeknote import name_list, write_weeknote
from headrace.run.weeknote import known_weeks
from headrace.store.streams import read_streams
from headrace.web.clock import read_clock
from headrace.web.compression import CompressedRoute
from headrace.web.feed import ATOM_MEDIA_TYPE, Feed, FeedEntry, write_atom
from headrace.web.flow_answer import answer_csv, answer_json, render_flow_page
from headrace.web.parameter_fault import ParameterFault
from headrace.web.problem import not_found, unusable
from headrace.web.stream import LIVE, read_passages
from headrace.web.stream_listing import PartParameters
from headrace.web.weeknote_reading import WeekReading, week_reading_at
from headrace.web.wording import render_markdown

router = APIRouter(route_class=CompressedRoute)

IN_FEED: Final = 8
"""How many weeks the feed holds."""

TITLE: Final = "Weeknotes of the planning data service"

_HEADINGS: Final = re.compile(r"^#+ .*\n+", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")

Clock = Annotated[datetime, Depends(read_clock)]
Written = Annotated[str, Path(description="A year and a week of it, such as 2023-W26.")]


def read_reading(request: Request) -> WeekReading:
    """What tells of weeks."""
    return week_reading_at(request.app.state.lake_root)


Reading = Annotated[WeekReading, Depends(read_reading)]


@router.get("/weeknote/", include_in_schema=False)
def list_weeknotes(request: Request, reading: Reading, clock: Clock) -> Response:
    """Every week of which something is recorded, the latest first."""
    passed, errors = reading.sources(read_passages(request))
    years: dict[int, list[Week]] = {}
    for week in known_weeks(passed, errors):
        years.setdefault(week.year, []).append(week)
    return render_flow_page(request, "weeknotes.html", years=years, this_week=Week.of(clock.date()))


@router.get("/weeknote/feed.atom", tags=["report"], summary="Weeknotes as an Atom feed")
def answer_feed(request: Request, reading: Reading, clock: Clock) -> Response:
    """The notes of the latest weeks that are over, each whole."""
    passed, errors = reading.sources(read_passages(request))
    over = [week for week in known_weeks(passed, errors) if week.end <= clock][:IN_FEED]
    origin = str(request.base_url).rstrip("/")
    feed = Feed(
        TITLE,
        f"{origin}/weeknote/",
        f"{origin}/weeknote/feed.atom",
        [_entry(reading.read(read_passages(request), week, clock, request.app.state.goals), origin) for week in over],
    )
    return Response(write_atom(feed), media_type=ATOM_MEDIA_TYPE, headers=LIVE)


@router.get("/weeknote/{week}.json", tags=["report"], summary="The numbers of a week")
def answer_week_json(request: Request, week: Written, reading: Reading, clock: Clock) -> Response:
    """How many rows every list of the week has, and had in the week before."""
    facts = _read(request, week, reading, clock)
    return answer_json(
        {
            "week": str(facts.week),
            "first": facts.week.first,
            "last": facts.week.last,
            "until": facts.until,
            "attempts": facts.asked.attempts,
            "failed": facts.asked.failed,
            "failed_before": facts.asked_before.failed,
            "attempts_before": facts.asked_before.attempts,
            "nights": facts.asked.nights,
            "nights_missed": list(facts.missed),
            "constraint": facts.constraint[0] if facts.constraint else None,
            "lists": {name: rows.height for name, rows in facts.lists.items()},
            "lists_before": dict(facts.before),
            "releases": [each.release for each in facts.releases],
        }
    )


@router.get("/weeknote/{week}.md", tags=["report"], summary="The note of a week, as Markdown")
def answer_week_markdown(request: Request, week: Written, reading: Reading, clock: Clock) -> Response:
    """With whole addresses, so that it can be sent to people."""
    origin = str(request.base_url).rstrip("/")
    written = write_weeknote(_read(request, week, reading, clock), read_streams(), origin)
    return Response(written, media_type="text/markdown; charset=utf-8", headers=LIVE)


@router.get("/weeknote/{week}", include_in_schema=False)
def show_weeknote(request: Request, week: Written, reading: Reading, clock: Clock) -> Response:
    """The note of a week as a page."""
    facts = _read(request, week, reading, clock)
    note = render_markdown(write_weeknote(facts, read_streams()))
    return render_flow_page(request, "weeknote.html", week=facts.week, note=note, now=clock)


@router.get("/weeknote/{week}/{name}.json", tags=["report"], summary="The items behind a number of a week")
def answer_list_json(
    request: Request,
    week: Written,
    name: str,
    wanted: Annotated[PartParameters, Query()],
    reading: Reading,
    clock: Clock,
) -> Response:
    """The earliest first, with the moment that the number is about."""
    rows = _list(_read(request, week, reading, clock), name)
    said: Mapping[str, object] = {"week": week, "list": name, "count": rows.height}
    return answer_json({**said, "items": rows.slice(wanted.offset, wanted.limit).to_dicts()})


@router.get("/weeknote/{week}/{name}.csv", tags=["report"], summary="The items behind a number of a week, as a table")
def answer_list_csv(request: Request, week: Written, name: str, reading: Reading, clock: Clock) -> Response:
    """All of them."""
    return answer_csv(_list(_read(request, week, reading, clock), name))


@router.get("/weeknote/{week}/{name}", include_in_schema=False)
def show_list(
    request: Request,
    week: Written,
    name: str,
    wanted: Annotated[PartParameters, Query()],
    reading: Reading,
    clock: Clock,
) -> Response:
    """The items behind a number of a week."""
    facts = _read(request, week, reading, clock)
    rows = _list(facts, name)
    return render_flow_page(
        request,
        "weeknote_list.html",
        week=facts.week,
        name=name,
        title=name_list(name, read_streams()),
        rows=rows.slice(wanted.offset, wanted.limit).to_dicts(),
        count=rows.height,
        wanted=wanted,
        addresses=facts.addresses,
    )


def _read(request: Request, week: str, reading: WeekReading, clock: datetime) -> WeekFacts:
    try:
        wanted = Week.parse(week)
    except SettingsError as error:
        raise unusable(ParameterFault("week", str(error).removeprefix("week: "))) from error
    if wanted.start > clock:
        raise not_found(f"The week {week} is to come; /weeknote/ lists those of which something is recorded.")
    return reading.read(read_passages(request), wanted, clock, request.app.state.goals)


def _list(facts: WeekFacts, name: str) -> pl.DataFrame:
    if name not in facts.lists:
        listed = ", ".join(facts.lists) or "none"
        raise not_found(f"The week {facts.week} has no list {name!r}. Those with something in them are: {listed}.")
    return facts.lists[name]


def _entry(facts: WeekFacts, origin: str) -> FeedEntry:
    written = write_weeknote(facts, read_streams(), origin)
    title, _, rest = written.partition("\n")
    opening = _LINK.sub(r"\1", _HEADINGS.sub("", rest)).strip().split("\n\n")
    return FeedEntry(
        address=f"{origin}/weeknote/{facts.week}",
        title=title.removeprefix("# "),
        text=" ".join(opening[:2]),
        at=facts.week.end,
        html=str(render_markdown(rest.strip())),
    )
