"""Routes of the reports on quality: tables that end in something to do, at any time."""

from datetime import date, datetime
from typing import Annotated, Final

import orjson
import polars as pl
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from headrace.model.error import ReleaseError, SettingsError
from headrace.publish.media_types import MEDIA_TYPES
from headrace.report.quality.registry import REPORTS
from headrace.report.quality.standing_report import StandingReport
from headrace.run.material import read_material
from headrace.run.quality_report import choose_rows, find_report, measure_rows, read_patience
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake
from headrace.web.answer import JSONDocument
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.pagination import make_links
from headrace.web.parameters import Parameters, Text
from headrace.web.problem import not_found
from headrace.web.quality_report_cells import Heading, make_cells, make_headings
from headrace.web.query.organisation import list_organisations
from headrace.web.shelf import Reader
from headrace.web.stream import read_clock

router = APIRouter()

Clock = Annotated[datetime, Depends(read_clock)]

LIVE: Final = {"Cache-Control": "no-cache"}
"""Ask each time: the log may have grown since."""


class ChoiceParameters(Parameters):
    """Which rows of a report are wanted."""

    dataset: Text | None = Field(None, description="Only rows about this dataset.")
    organisation: Text | None = Field(None, description="Only rows about this organisation: its CURIE.")


class PageParameters(ChoiceParameters):
    """Which rows of a report are shown on a page."""

    limit: int = Field(50, ge=1, le=1000, description="Rows on a page.")
    offset: int = Field(0, ge=0, description="Rows before the page.")


@router.get("/report/", include_in_schema=False)
def show_reports(request: Request) -> Response:
    """Every report, with the question that it answers."""
    return render_page(request, "quality_reports.html", {"reports": REPORTS})


@router.get(
    "/report/{name}.json", tags=["report"], summary="The rows of a report, as JSON", response_class=JSONDocument
)
def answer_report_json(
    request: Request, name: str, wanted: Annotated[ChoiceParameters, Query()], reader: Lent, clock: Clock
) -> Response:
    """What the report asks, its numbers, and its rows, the first being the first to act on."""
    report = _find(name)
    rows = choose_rows(_read(request, reader, report, clock.date()), wanted.dataset, wanted.organisation)
    body = {
        "report": report.name,
        "question": report.question,
        "decision": report.decision,
        "release": reader.release.id,
        "on": clock.date(),
        "dataset": wanted.dataset,
        "organisation": wanted.organisation,
        "measures": measure_rows(report, rows),
        "rows": rows.to_dicts(),
    }
    return JSONDocument(orjson.dumps(body), headers=LIVE)


@router.get("/report/{name}.csv", tags=["report"], summary="The rows of a report, as CSV")
def answer_report_csv(
    request: Request, name: str, wanted: Annotated[ChoiceParameters, Query()], reader: Lent, clock: Clock
) -> Response:
    """All columns; days are ISO."""
    rows = choose_rows(_read(request, reader, _find(name), clock.date()), wanted.dataset, wanted.organisation)
    headers = {**LIVE, "Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(rows.write_csv(), headers=headers, media_type=MEDIA_TYPES[".csv"])


@router.get("/report/{name}", include_in_schema=False)
def show_report(
    request: Request, name: str, wanted: Annotated[PageParameters, Query()], reader: Lent, clock: Clock
) -> Response:
    """The report as a page."""
    report = _find(name)
    all_rows = _read(request, reader, report, clock.date())
    rows = choose_rows(all_rows, wanted.dataset, wanted.organisation)
    shown = rows.slice(wanted.offset, wanted.limit)
    headings: list[Heading] = make_headings(report, rows)
    names = {each.organisation: each.name for each in list_organisations(reader)}
    chosen = [(key, value) for key, value in request.query_params.items() if value]
    values = {
        "report": report,
        "wanted": wanted,
        "measures": measure_rows(report, rows),
        "headings": headings,
        "rows": [make_cells(report, row) for row in shown.iter_rows(named=True)],
        "count": rows.height,
        "links": make_links(f"/report/{name}", chosen, rows.height, wanted.limit, wanted.offset),
        "datasets": _members(all_rows, "dataset"),
        "organisations": sorted(
            ((names.get(each, each), each) for each in _members(all_rows, "organisation")),
            key=lambda pair: pair[0] or "",
        ),
        "choice": [(key, value) for key, value in chosen if key in ("dataset", "organisation")],
    }
    response = render_page(request, "quality_report.html", values)
    response.headers.update(LIVE)
    return response


def _find(name: str) -> StandingReport:
    try:
        return find_report(name)
    except SettingsError as error:
        raise not_found(f"There is no report {name!r}; all of them are at /report/.") from error


def _read(request: Request, reader: Reader, report: StandingReport, today: date) -> pl.DataFrame:
    """The rows of a report as things are now, worked out once for a release, a log and a day."""
    lake = Lake(request.app.state.lake_root)
    state = (today.isoformat(), AttemptLog(lake, "", "reader").version())
    try:
        material = reader.memory.recall(
            ("material", *state), lambda: read_material(lake, today, read_patience(), reader.release)
        )
    except ReleaseError as error:
        raise not_found(f"There is no report: {error}.") from error
    return reader.memory.recall(("quality report", report.name, *state), lambda: report.rows(material))


def _members(rows: pl.DataFrame, column: str) -> list[str]:
    """The single datasets or organisations that rows are about, sorted."""
    return rows.select(pl.col(column).drop_nulls().str.split(";").explode().unique().sort())[column].to_list()
