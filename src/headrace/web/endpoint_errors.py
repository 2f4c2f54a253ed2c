"""The pages of the report on endpoints and errors."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlencode

import polars as pl
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import Field

from headrace.collect.schedule import Action
from headrace.flow.endpoint_month import MEANING, Shown, column_of
from headrace.model.error import SettingsError
from headrace.report.chart_style import Chart
from headrace.report.endpoint_error_chart import draw_attempts, draw_changes, draw_failures, draw_states
from headrace.run.endpoint_errors import (
    STATE_LABELS,
    EndpointErrors,
    ListedMonth,
    list_month,
    read_known,
    silent_nights,
)
from headrace.store.lake import Lake
from headrace.web.chart import answer_chart_file
from headrace.web.clock import read_clock
from headrace.web.compression import CompressedRoute
from headrace.web.endpoint_error_reading import error_reading_at
from headrace.web.flow_answer import answer_csv, answer_json
from headrace.web.page import render_page
from headrace.web.parameter_fault import ParameterFault
from headrace.web.parameters import Parameters
from headrace.web.problem import not_found, unusable
from headrace.web.stream import read_passages
from headrace.web.stream_listing import PartParameters

router = APIRouter(route_class=CompressedRoute)

HERE: Final = "/report/errors"

YEAR: Final = 12
"""Months before the latest with which it is compared."""

Clock = Annotated[datetime, Depends(read_clock)]
Month = Annotated[str, Path(description="A year and a month, such as 2020-06.", pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class MonthsParameters(Parameters):
    """Which months are wanted; all of them where nothing is said."""

    since: str | None = Field(None, description="The first month, such as 2020-01.")
    until: str | None = Field(None, description="The last month, such as 2020-06.")

    def query(self) -> str:
        """What is asked for, as the end of an address."""
        given = {name: month for name, month in self.model_dump().items() if month}
        return f"?{urlencode(given)}" if given else ""


class ListParameters(PartParameters):
    """Which endpoints of a month are listed."""

    show: Shown = Field(Shown.ALL, description="Which endpoints of the month.")
    action: Action | None = Field(None, description="Only those about which this is to be done.")


def read_errors(request: Request) -> tuple[EndpointErrors, str]:
    """The report on the whole log, and the version of the log."""
    return error_reading_at(request.app.state.lake_root).read()


Read = Annotated[tuple[EndpointErrors, str], Depends(read_errors)]
Wanted = Annotated[MonthsParameters, Query()]


@router.get(f"{HERE}.json", tags=["report"], summary="Attempts and endpoints by month, and how long failures last")
def answer_errors_json(read: Read, wanted: Wanted, clock: Clock) -> Response:
    """One object a month; shares are from 0 to 1."""
    errors = _between(read[0], wanted)
    return answer_json(
        {
            "since": errors.first,
            "until": errors.last,
            "last_night": errors.last_on,
            "silent_nights": silent_nights(errors, clock.date()),
            "months": errors.totals.to_dicts(),
            "failures": errors.lasting(),
            "nights_missed": errors.missed,
        }
    )


@router.get(f"{HERE}.csv", tags=["report"], summary="Attempts and endpoints by month, as a table")
def answer_errors_csv(read: Read, wanted: Wanted) -> Response:
    """One row a month."""
    return answer_csv(_between(read[0], wanted).totals)


@router.get(f"{HERE}/chart/{{file}}", tags=["report"], summary="A chart of the report: SVG, PNG or Vega-Lite")
def answer_errors_chart(request: Request, file: str, read: Read, wanted: Wanted) -> Response:
    """`attempts`, `endpoints`, `changes` or `failures`; with `-narrow` for a telephone; `.svg`, `.png`, `.vl.json`."""
    errors, version = _between(read[0], wanted), read[1]
    tag = f'W/"{version[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return answer_chart_file(file, errors_charts(errors), headers)


@router.get(HERE, include_in_schema=False)
def show_errors(request: Request, read: Read, wanted: Wanted, clock: Clock) -> Response:
    """The report as a page."""
    errors = _between(read[0], wanted)
    months = errors.totals.to_dicts()
    asked = [row for row in months if row["attempts"]]
    latest = asked[-1] if asked else None
    listed = (
        list_month(errors, latest["month"], Shown.FAILING, read_known(Lake(request.app.state.lake_root), None))
        if latest
        else []
    )
    return render_page(
        request,
        "report_errors.html",
        {
            "months": months[::-1],
            "latest": latest,
            "before": asked[-1 - YEAR] if len(asked) > YEAR else asked[0] if len(asked) > 1 else None,
            "actions": [(action, count) for action, count in _count_actions(listed) if count],
            "lasting": errors.lasting(),
            "silent": silent_nights(errors, clock.date()),
            "last_on": errors.last_on,
            "wanted": wanted,
            "whole": read[0],
            "query": wanted.query(),
            "columns": [(heading, shown, column_of(shown)) for heading, shown in COLUMNS],
        },
    )


@router.get(f"{HERE}/{{month}}.json", tags=["report"], summary="The endpoints behind a number of a month")
def answer_month_json(
    request: Request, month: Month, read: Read, wanted: Annotated[ListParameters, Query()]
) -> Response:
    """What each did in the month, how it stood at its end, and what was to be done about it."""
    listed = _list(request, read[0], month, wanted)
    part = listed[wanted.offset : wanted.offset + wanted.limit]
    return answer_json(
        {
            "month": month,
            "show": wanted.show,
            "action": wanted.action,
            "count": len(listed),
            "limit": wanted.limit,
            "offset": wanted.offset,
            "endpoints": part,
        }
    )


@router.get(f"{HERE}/{{month}}.csv", tags=["report"], summary="The endpoints behind a number of a month, as a table")
def answer_month_csv(
    request: Request, month: Month, read: Read, wanted: Annotated[ListParameters, Query()]
) -> Response:
    """One row an endpoint; all of them, whatever the limit."""
    rows = [asdict(each) for each in _list(request, read[0], month, wanted)]
    return answer_csv(pl.DataFrame(rows, infer_schema_length=None))


@router.get(f"{HERE}/{{month}}", include_in_schema=False)
def show_month(request: Request, month: Month, read: Read, wanted: Annotated[ListParameters, Query()]) -> Response:
    """One month: its numbers, and the endpoints behind one of them."""
    errors = read[0]
    listed = _list(request, errors, month, wanted)
    totals = errors.totals.filter(pl.col("month") == month).to_dicts()[0]
    return render_page(
        request,
        "report_errors_month.html",
        {
            "month": month,
            "meaning": MEANING[wanted.show],
            "totals": totals,
            "listed": listed[wanted.offset : wanted.offset + wanted.limit],
            "count": len(listed),
            "wanted": wanted,
            "shown": [(each, MEANING[each], totals[column_of(each)]) for each in Shown],
            "missed": [each for each in errors.missed if f"{each:%Y-%m}" == month],
            "address": _address_of_month,
        },
    )


COLUMNS: Final = (
    ("Asked", Shown.ALL),
    ("Failing at its end", Shown.FAILING),
    ("30 to 364 days", Shown.FAILING_MONTHS),
    ("365 days or more", Shown.FAILING_YEARS),
    ("Newly failing", Shown.NEWLY_FAILING),
    ("Recovered", Shown.RECOVERED),
    ("Added", Shown.ADDED),
    ("Asked no more", Shown.LOST),
)
"""The columns of endpoints in the table of months: heading, and what is listed behind the number."""


def errors_charts(errors: EndpointErrors) -> Mapping[str, Callable[[], Chart]]:
    """The charts of the report by name, each for a desk and, `-narrow`, for a telephone."""
    totals, curve = errors.totals, errors.curve
    return {
        "attempts": lambda: draw_attempts(totals),
        "attempts-narrow": lambda: draw_attempts(totals, narrow=True),
        "endpoints": lambda: draw_states(totals, STATE_LABELS),
        "endpoints-narrow": lambda: draw_states(totals, STATE_LABELS, narrow=True),
        "changes": lambda: draw_changes(totals),
        "changes-narrow": lambda: draw_changes(totals, narrow=True),
        "failures": lambda: draw_failures(curve().to_dicts()),
        "failures-narrow": lambda: draw_failures(curve().to_dicts(), narrow=True),
    }


def _between(errors: EndpointErrors, wanted: MonthsParameters) -> EndpointErrors:
    try:
        return errors.between(wanted.since, wanted.until)
    except SettingsError as error:
        raise unusable(ParameterFault("since" if wanted.since else "until", str(error))) from error


def _list(request: Request, errors: EndpointErrors, month: str, wanted: ListParameters) -> list[ListedMonth]:
    if errors.totals.filter(pl.col("month") == month).is_empty():
        held = f"It goes from {errors.first} to {errors.last}." if errors.first else "Nothing was ever asked."
        raise not_found(f"The collection log does not reach to {month}. {held}")
    known = read_known(Lake(request.app.state.lake_root), read_passages(request))
    listed = list_month(errors, month, wanted.show, known)
    return [each for each in listed if wanted.action in (None, each.action)]


def _count_actions(listed: list[ListedMonth]) -> list[tuple[Action, int]]:
    counted = Counter(each.action for each in listed)
    return [(action, counted[action]) for action in Action]


def _address_of_month(month: str, **chosen: object) -> str:
    """Where the endpoints of a month are listed; choices that are None are left out."""
    query = urlencode({name: str(choice) for name, choice in chosen.items() if choice is not None})
    return f"{HERE}/{month}" + (f"?{query}" if query else "")
