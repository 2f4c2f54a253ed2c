"""Routes of the reports on quality: tables that end in something to do, at any time."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final

import orjson
import polars as pl
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from headrace.model.error import ReleaseError, SettingsError
from headrace.publish.media_types import MEDIA_TYPES
from headrace.report.quality.comparison import compare
from headrace.report.quality.number import count_numbers
from headrace.report.quality.standing_report import StandingReport
from headrace.report.quality.trend import draw_trend
from headrace.run.quality_report import choose_rows, find_report, measure_rows, read_numbers
from headrace.store.lake import Lake
from headrace.store.report_history import ReportHistory
from headrace.web.answer import JSONDocument
from headrace.web.chart import ChartForm, answer_chart
from headrace.web.clock import read_clock
from headrace.web.compression import CompressedRoute
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.pagination import make_links
from headrace.web.parameters import Day, Parameters, Text
from headrace.web.problem import not_found
from headrace.web.quality_material import recall_rows
from headrace.web.quality_report_cells import make_cells, make_headings
from headrace.web.query.organisation import list_organisations
from headrace.web.shelf import Reader

router = APIRouter(route_class=CompressedRoute)

Clock = Annotated[datetime, Depends(read_clock)]

LIVE: Final = {"Cache-Control": "no-cache"}
"""Ask each time: the log may have grown since."""


class TrendParameters(Parameters):
    """What a report is about."""

    dataset: Text | None = Field(None, description="Only what is about this dataset.")
    organisation: Text | None = Field(None, description="Only what is about this organisation: its CURIE.")


class ChoiceParameters(TrendParameters):
    """What a report is about, and of when."""

    as_of: Day | None = Field(
        None, alias="as-of", description="The numbers kept on that day instead, each beside what it is now."
    )


class PageParameters(ChoiceParameters):
    """Which rows of a report are shown on a page."""

    limit: int = Field(50, ge=1, le=1000, description="Rows on a page.")
    offset: int = Field(0, ge=0, description="Rows before the page.")


Choice = Annotated[ChoiceParameters, Query()]


@router.get("/report/{name}/trend.json", tags=["report"], summary="The numbers of a report, night by night")
def answer_trend_json(request: Request, name: str, wanted: Annotated[TrendParameters, Query()]) -> Response:
    """Each measure on each night that was kept."""
    series = _series(request, _find(name), wanted)
    return JSONDocument(orjson.dumps({"report": name, "series": series.to_dicts()}), headers=LIVE)


@router.get("/report/{name}/trend.{form}", include_in_schema=False)
def answer_trend(request: Request, name: str, form: ChartForm, wanted: Annotated[TrendParameters, Query()]) -> Response:
    """The same as a chart."""
    report = _find(name)
    whose = ", ".join(each for each in (wanted.dataset, wanted.organisation) if each)
    return answer_chart(draw_trend(report, _series(request, report, wanted), whose or None), form, LIVE)


@router.get("/report/{name}.json", tags=["report"], summary="The rows of a report, as JSON")
def answer_report_json(request: Request, name: str, wanted: Choice, reader: Lent, clock: Clock) -> Response:
    """What the report asks, its numbers, and its rows, the first being the first to act on."""
    report = _find(name)
    rows = _read(request, reader, report, clock.date())
    body = {
        "report": report.name,
        "question": report.question,
        "decision": report.decision,
        "release": reader.release.id,
        "on": clock.date(),
        "dataset": wanted.dataset,
        "organisation": wanted.organisation,
    }
    if wanted.as_of is not None:
        night, numbers = _numbers(request, report, wanted.as_of)
        compared = _choose(compare(numbers, count_numbers(report, rows)), wanted)
        body |= {"night": night, "measures": _totals(report, numbers, wanted), "numbers": compared.to_dicts()}
    else:
        chosen = _choose(rows, wanted)
        body |= {"measures": measure_rows(report, chosen), "rows": chosen.to_dicts()}
    return JSONDocument(orjson.dumps(body), headers=LIVE)


@router.get("/report/{name}.csv", tags=["report"], summary="The rows of a report, as CSV")
def answer_report_csv(request: Request, name: str, wanted: Choice, reader: Lent, clock: Clock) -> Response:
    """All columns; days are ISO."""
    report = _find(name)
    rows = _read(request, reader, report, clock.date())
    if wanted.as_of is not None:
        rows = compare(_numbers(request, report, wanted.as_of)[1], count_numbers(report, rows))
    file = f"{name}.csv" if wanted.as_of is None else f"{name}-{wanted.as_of}.csv"
    headers = {**LIVE, "Content-Disposition": f'attachment; filename="{file}"'}
    return Response(_choose(rows, wanted).write_csv(), headers=headers, media_type=MEDIA_TYPES[".csv"])


@router.get("/report/{name}", include_in_schema=False)
def show_report(
    request: Request, name: str, wanted: Annotated[PageParameters, Query()], reader: Lent, clock: Clock
) -> Response:
    """The report as a page."""
    report = _find(name)
    all_rows = _read(request, reader, report, clock.date())
    rows, night, measures = _choose(all_rows, wanted), None, None
    if wanted.as_of is not None:
        night, numbers = _numbers(request, report, wanted.as_of)
        measures = _totals(report, numbers, wanted)
        rows = _choose(compare(numbers, count_numbers(report, all_rows)), wanted)
    names = {each.organisation: each.name for each in list_organisations(reader)}
    chosen = [(key, value) for key, value in request.query_params.items() if value]
    shown = rows.slice(wanted.offset, wanted.limit)
    values = {
        "report": report,
        "wanted": wanted,
        "night": night,
        "nights": ReportHistory(_lake(request)).nights(),
        "measures": measures or measure_rows(report, rows),
        "shares": [each.name for each in report.measures if each.is_share],
        "headings": make_headings(report, all_rows),
        "rows": shown.to_dicts() if night else [make_cells(report, row) for row in shown.iter_rows(named=True)],
        "names": names,
        "count": rows.height,
        "links": make_links(f"/report/{name}", chosen, rows.height, wanted.limit, wanted.offset),
        "datasets": _members(all_rows, "dataset"),
        "organisations": sorted((names.get(each, each), each) for each in _members(all_rows, "organisation")),
        "choice": [(key, value) for key, value in chosen if key in ("dataset", "organisation", "as-of")],
    }
    response = render_page(request, "quality_report.html", values)
    response.headers.update(LIVE)
    return response


def _find(name: str) -> StandingReport:
    try:
        return find_report(name)
    except SettingsError as error:
        raise not_found(f"There is no report {name!r}; all of them are at /report/.") from error


def _lake(request: Request) -> Lake:
    return Lake(request.app.state.lake_root)


def _read(request: Request, reader: Reader, report: StandingReport, today: date) -> pl.DataFrame:
    """The rows of a report as things are now, worked out once for a release, a log and a day."""
    try:
        return recall_rows(reader, _lake(request), report, today)
    except ReleaseError as error:
        raise not_found(f"There is no report: {error}.") from error


def _choose(rows: pl.DataFrame, wanted: TrendParameters) -> pl.DataFrame:
    return choose_rows(rows, wanted.dataset, wanted.organisation)


def _numbers(request: Request, report: StandingReport, on: str) -> tuple[str, pl.DataFrame]:
    try:
        return read_numbers(_lake(request), report, on)
    except ReleaseError as error:
        raise not_found(f"There is nothing to show: {error}.") from error


def _totals(report: StandingReport, numbers: pl.DataFrame, wanted: TrendParameters) -> Mapping[str, float]:
    """Each measure of what is wanted, as it was kept; 0 where it was none."""
    whose = pl.col("dataset").eq_missing(wanted.dataset) & pl.col("organisation").eq_missing(wanted.organisation)
    kept = dict(numbers.filter(whose).select("measure", "value").iter_rows())
    return {each.name: kept.get(each.name, 0) for each in report.measures}


def _series(request: Request, report: StandingReport, wanted: TrendParameters) -> pl.DataFrame:
    return ReportHistory(_lake(request)).series(report.name, wanted.dataset, wanted.organisation)


def _members(rows: pl.DataFrame, column: str) -> list[str]:
    """The single datasets or organisations that rows are about, sorted."""
    return rows.select(pl.col(column).drop_nulls().str.split(";").explode().unique().sort())[column].to_list()
