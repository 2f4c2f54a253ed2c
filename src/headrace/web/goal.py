"""The pages of the goals: how every key result stands, and the teams that do the work."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Annotated, Final

import polars as pl
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from headrace.flow.past import PastMeasures
from headrace.flow.stream import Passages
from headrace.model.goal import REPORT, Goals, KeyResult
from headrace.model.standing import Standing, Status
from headrace.report.goal_chart import chart_standing
from headrace.report.goal_text import (
    record_standing,
    say_change,
    say_day,
    say_finding,
    say_summary,
    say_target,
    say_value,
)
from headrace.report.measure_text import format_measure
from headrace.run.goals import ToldPast, read_numbers, standings, trend_moments
from headrace.store.lake import Lake
from headrace.store.streams import read_streams
from headrace.web.chart import ChartForm, answer_chart
from headrace.web.compression import CompressedRoute
from headrace.web.drawing import picture_in_text
from headrace.web.flow_answer import answer_csv, answer_json, render_flow_page
from headrace.web.problem import not_found
from headrace.web.share_bar import draw_bar
from headrace.web.stream import LIVE
from headrace.web.stream_reading import Reading, Whole
from headrace.web.stream_wording import address_of_list
from headrace.web.team_picture import COLOURS, DESK, TELEPHONE, describe_teams, draw_teams, mark_status

router = APIRouter(route_class=CompressedRoute)

TAGS: Final = {
    Status.REACHED: "green",
    Status.ON_COURSE: "turquoise",
    Status.AT_RISK: "yellow",
    Status.OFF_COURSE: "red",
    Status.NOT_MEASURED: "grey",
}
"""The colour of the tag of a status."""


class _Past:
    """What is known of the past of one lake, told by one request at a time."""

    def __init__(self) -> None:
        self._told = ToldPast()
        self._lock = Lock()

    def tell(self, passed: Passages, goals: Goals, now: datetime) -> PastMeasures | None:
        with self._lock:
            return self._told.tell(passed, trend_moments(goals, now), read_streams())


@lru_cache(maxsize=8)
def _past_of(lake_root: Path) -> _Past:
    """The past of a lake: one per process."""
    return _Past()


def read_standings(request: Request, reading: Whole) -> tuple[Standing, ...]:
    """How every key result stands now."""
    return stand(request.app.state.lake_root, request.app.state.goals, reading)


def stand(lake_root: Path, goals: Goals, reading: Reading) -> tuple[Standing, ...]:
    """How every key result of some goals stands by what was read of the stream of a lake."""
    told = _past_of(lake_root).tell(reading.passed, goals, reading.stream.now)
    numbers = read_numbers(Lake(lake_root), goals, trend_moments(goals, reading.stream.now))
    return standings(goals, reading.passed, reading.stream, told, read_streams(), numbers)


Standings = Annotated[tuple[Standing, ...], Depends(read_standings)]


@router.get("/goals.json", tags=["stream"], summary="The goals, and how every key result stands")
def answer_goals_json(request: Request, reading: Whole, stand: Standings) -> Response:
    """Objectives with their key results: value, baseline, target, progress, forecast, status; and the teams."""
    goals: Goals = request.app.state.goals
    by_name = {standing.key_result.name: standing for standing in stand}
    return answer_json(
        {
            "now": reading.stream.now,
            "goal": goals.goal,
            "objectives": [
                {
                    "objective": objective.name,
                    "title": objective.title,
                    "why": objective.why,
                    "teams": objective.teams,
                    "key_results": [record_standing(by_name[result.name]) for result in objective.key_results],
                }
                for objective in goals.objectives
            ],
            "service_team": {"title": goals.service_team, "purpose": goals.service_purpose},
            "teams": goals.teams,
            "disciplines": goals.disciplines,
        }
    )


@router.get("/goals.csv", tags=["stream"], summary="How every key result stands, as a table")
def answer_goals_csv(request: Request, stand: Standings) -> Response:
    """One row per key result, values in the unit of its measure; the trend is in the JSON."""
    goals: Goals = request.app.state.goals
    objective_of = {result.name: each.name for each in goals.objectives for result in each.key_results}
    rows = [{"objective": objective_of[standing.key_result.name], **record_standing(standing)} for standing in stand]
    return answer_csv(pl.DataFrame(rows, infer_schema_length=None).drop("series"))


@router.get("/goals", include_in_schema=False)
def show_goals(request: Request, reading: Whole, stand: Standings) -> HTMLResponse:
    """The team picture, and every objective with its key results."""
    goals: Goals = request.app.state.goals
    return render_flow_page(
        request,
        "goals.html",
        goals=goals,
        teams={team.name: team for team in goals.teams},
        by_name={standing.key_result.name: _said(standing) for standing in stand},
        summary=say_summary(stand),
        now=reading.stream.now,
        wide=draw_teams(goals, stand, DESK),
        narrow=draw_teams(goals, stand, TELEPHONE),
        described=describe_teams(goals, stand),
        marks=[(status, picture_in_text(mark_status(status, 8, 8, 7), 16, 16, "goals-mark")) for status in Status],
    )


@router.get("/goals/{name}/trend.{form}", include_in_schema=False)
def draw_key_result(name: str, form: ChartForm, reading: Whole, stand: Standings) -> Response:
    """The trend of a key result."""
    found = next((standing for standing in stand if standing.key_result.name == name), None)
    if found is None:
        known = ", ".join(standing.key_result.name for standing in stand)
        raise not_found(f"There is no key result {name!r}. The key results are {known}.")
    return answer_chart(chart_standing(found, reading.stream.now), form, LIVE)


def _said(standing: Standing) -> dict[str, object]:
    """What the page says of a key result."""
    result = standing.key_result
    return {
        "status": standing.status,
        "tag": TAGS[standing.status],
        "value": say_value(standing),
        "baseline": format_measure(standing.baseline, result.unit),
        "target": say_target(result),
        "by": say_day(result.by),
        "change": say_change(standing),
        "finding": say_finding(standing),
        "progress": standing.progress,
        "bar": draw_bar(((standing.progress or 0.0, COLOURS[standing.status]),)),
        "measured": bool(standing.series),
        "address": _address(result),
    }


def _address(result: KeyResult) -> str:
    """Where what is measured can be seen: the stage, the report, or the stream."""
    place = result.measure.partition(".")[0]
    if place.startswith(REPORT):
        return f"/{place}"
    return address_of_list(place) if place in read_streams().stages else "/stream"
