"""The pages of the lines of communication: who hands over to whom, how often, and how long it waits there."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil, sqrt
from typing import Annotated, Any, Final
from urllib.parse import urlencode

import polars as pl
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from headrace.flow.hand_off import (
    by_month,
    by_stage,
    hand_offs,
    handed_over,
    matrix,
    possible_lines,
    roles_of,
    used_lines,
)
from headrace.report.hand_off_chart import chart_months
from headrace.report.measure_text import format_duration
from headrace.store.streams import read_streams
from headrace.web.chart import ChartForm, answer_chart
from headrace.web.clock import read_clock
from headrace.web.compression import CompressedRoute
from headrace.web.flow_answer import answer_csv, answer_json, render_flow_page
from headrace.web.kept_frame import KeptFrames
from headrace.web.parameters import Parameters, Text
from headrace.web.role_graph import BACK, DESK, FORWARD, POSSIBLE, TELEPHONE, Line, draw_roles
from headrace.web.share_bar import draw_bar
from headrace.web.stream import LIVE, Passed
from headrace.web.stream_listing import Limit, Offset

router = APIRouter(route_class=CompressedRoute)

PERIODS: Final = ((28, "four weeks"), (91, "a quarter"), (365, "a year"), (36500, "all that is recorded"))
"""The periods that the page offers: days, and in words."""

HEATS: Final = 5
"""How many colours a cell of the matrix can have, besides none."""

MONTHS: Final = 36
"""How many months the page tells of."""


class CommunicationParameters(Parameters):
    """Which time is looked at."""

    days: int = Field(365, ge=1, le=36500, description="Count the hand-offs of so many days until now.")


class LineParameters(CommunicationParameters):
    """Which roles' hand-offs are listed, and which part of them."""

    from_role: Text = Field(description="Who handed over.")
    to_role: Text = Field(description="To whom.")
    limit: Limit = 100
    offset: Offset = 0


_HANDED: Final = KeptFrames(lambda passed: hand_offs(passed, read_streams()))


def read_hand_offs(request: Request, passed: Passed) -> pl.DataFrame:
    """Every hand-off in the record."""
    return _HANDED.of(request.app.state.lake_root, passed)


Handed = Annotated[pl.DataFrame, Depends(read_hand_offs)]
Clock = Annotated[datetime, Depends(read_clock)]
Wanted = Annotated[CommunicationParameters, Query()]
WantedLine = Annotated[LineParameters, Query()]


def address_of_line(from_role: str, to_role: str, *, extension: str = "", **more: object) -> str:
    """Where the hand-offs from one role to another are listed."""
    return f"/communication/items{extension}?{urlencode({'from_role': from_role, 'to_role': to_role, **more})}"


@router.get("/communication.json", tags=["stream"], summary="Who hands over to whom, and how long it waits")
def answer_communication_json(wanted: Wanted, handed: Handed, now: Clock) -> Response:
    """Hand-offs by pair of roles, by pair of stages and by month; times in seconds."""
    start = now - timedelta(days=wanted.days)
    roles = roles_of(read_streams())
    return answer_json(
        {
            "now": now,
            "since": start,
            "roles": roles,
            "possible_lines": possible_lines(len(roles)),
            "used_lines": used_lines(_within(handed, start, now)),
            "matrix": matrix(handed, start, now).to_dicts(),
            "stages": by_stage(handed, start, now).to_dicts(),
            "months": by_month(handed, now).to_dicts(),
        }
    )


@router.get("/communication.csv", tags=["stream"], summary="Who hands over to whom, as a table")
def answer_communication_csv(wanted: Wanted, handed: Handed, now: Clock) -> Response:
    """One row per pair of roles with hand-offs; times in seconds."""
    return answer_csv(matrix(handed, now - timedelta(days=wanted.days), now))


@router.get("/communication", include_in_schema=False)
def show_communication(request: Request, wanted: Wanted, handed: Handed, now: Clock) -> HTMLResponse:
    """The roles as a graph and as a matrix, the stages between which things are handed over, and the months."""
    start = now - timedelta(days=wanted.days)
    roles = roles_of(read_streams())
    pairs = matrix(handed, start, now).to_dicts()
    lines = _lines(pairs, wanted.days)
    months = by_month(handed, now).tail(MONTHS).to_dicts()
    return render_flow_page(
        request,
        "communication.html",
        wanted=wanted,
        periods=PERIODS,
        start=max(start, handed["at"].min() or start),
        now=now,
        roles=roles,
        possible=possible_lines(len(roles)),
        used=used_lines(_within(handed, start, now)),
        count=sum(pair["count"] for pair in pairs),
        back=sum(pair["back"] for pair in pairs),
        pairs=pairs,
        cells={(pair["from_role"], pair["to_role"]): pair | {"heat": _heat(pair, pairs)} for pair in pairs},
        stages=by_stage(handed, start, now).to_dicts(),
        months=months,
        wide=draw_roles(roles, lines, DESK),
        narrow=draw_roles(roles, lines, TELEPHONE),
        swatches={"on": draw_bar(((1.0, FORWARD),)), "back": draw_bar(((1.0, BACK),)),
                  "possible": draw_bar(((1.0, POSSIBLE),))},
        line_address=address_of_line,
    )  # fmt: skip


@router.get("/communication/items.json", tags=["stream"], summary="What one role handed over to another")
def answer_line_json(wanted: WantedLine, handed: Handed, now: Clock) -> Response:
    """The hand-offs behind a number of the matrix, the latest first."""
    start = now - timedelta(days=wanted.days)
    items = handed_over(handed, wanted.from_role, wanted.to_role, start, now)
    return answer_json(
        {
            "now": now,
            "since": start,
            "from_role": wanted.from_role,
            "to_role": wanted.to_role,
            "count": items.height,
            "items": items.slice(wanted.offset, wanted.limit).to_dicts(),
        }
    )


@router.get("/communication/items", include_in_schema=False)
def show_line(request: Request, wanted: WantedLine, handed: Handed, now: Clock) -> HTMLResponse:
    """The hand-offs behind a number of the matrix, the latest first."""
    start = now - timedelta(days=wanted.days)
    items = handed_over(handed, wanted.from_role, wanted.to_role, start, now)
    return render_flow_page(
        request,
        "communication_items.html",
        wanted=wanted,
        now=now,
        count=items.height,
        items=items.slice(wanted.offset, wanted.limit).to_dicts(),
        line_address=address_of_line,
    )


@router.get("/communication/months.{form}", include_in_schema=False)
def draw_months(form: ChartForm, handed: Handed, now: Clock) -> Response:
    """Hand-offs month by month."""
    return answer_chart(chart_months(by_month(handed, now).tail(MONTHS).to_dicts()), form, LIVE)


def _within(handed: pl.DataFrame, start: datetime, now: datetime) -> pl.DataFrame:
    return handed.filter((pl.col("at") > start) & (pl.col("at") <= now))


def _heat(pair: Mapping[str, Any], pairs: Sequence[Mapping[str, Any]]) -> int:
    """Which colour a cell has: by the root of its share of the most, so that small numbers differ too."""
    return ceil(HEATS * sqrt(pair["count"] / max(each["count"] for each in pairs)))


def _lines(pairs: Sequence[Mapping[str, Any]], days: int) -> list[Line]:
    """The lines of the graph."""
    return [
        Line(
            *(pair["from_role"], pair["to_role"], pair["count"], pair["back"]),
            address=address_of_line(pair["from_role"], pair["to_role"], days=days),
            told=_told(pair),
        )
        for pair in pairs
    ]


def _told(pair: Mapping[str, Any]) -> str:
    """A line in words."""
    counts = f"{pair['count']:,} hand-offs, {pair['back']:,} of them back"
    return (
        f"{pair['from_role']} to {pair['to_role']}: {counts}, half waiting up to {format_duration(pair['wait_p50_s'])}"
    )
