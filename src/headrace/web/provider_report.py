"""Routes of the report for a publisher: what is held of an organisation, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from headrace.model.error import ReleaseError
from headrace.report.provider import ProviderReport
from headrace.run.provider_report import read_provider_report
from headrace.store.lake import Lake
from headrace.web.answer import JSONDocument
from headrace.web.issue_guidance import SEVERITIES, TASKS
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.parameter_fault import unknown_value
from headrace.web.parameters import Parameters, Text
from headrace.web.problem import not_found, unusable
from headrace.web.query.organisation import OrganisationRow, list_organisations
from headrace.web.released import ReleasedRoute
from headrace.web.shelf import Reader

router = APIRouter(route_class=ReleasedRoute)

SHOWN: Final = 50
"""How many rows are listed of one problem; JSON has all of them."""


class ReportParameters(Parameters):
    """The parameters of a report as data."""

    dataset: Text = Field(description="The dataset that is reported on.")


class PageParameters(Parameters):
    """The parameters of a report as a page, which offers the datasets where none is given."""

    dataset: Text | None = Field(None, description="The dataset that is reported on.")


@router.get(
    "/organisation/{organisation}/report.json",
    response_class=JSONDocument,
    tags=["organisation"],
    summary="What is held of an organisation in a dataset, and what is wrong with it, as JSON",
)
def answer_report_json(
    request: Request, organisation: str, wanted: Annotated[ReportParameters, Query()], reader: Lent
) -> Response:
    """Files, problems with every row of the publisher's own file in which they are, and rows that are not published."""
    _find_organisation(reader, organisation)
    return JSONDocument(orjson.dumps(asdict(_read(request, reader, organisation, wanted.dataset))))


@router.get("/organisation/{organisation}/report", include_in_schema=False)
def show_report(
    request: Request, organisation: str, wanted: Annotated[PageParameters, Query()], reader: Lent
) -> Response:
    """The report as a page; without a dataset, the datasets to choose from."""
    values = {
        "organisation": _find_organisation(reader, organisation),
        "datasets": _datasets(reader),
        "report": wanted.dataset and _read(request, reader, organisation, wanted.dataset),
        "severities": SEVERITIES,
        "tasks": TASKS,
        "shown": SHOWN,
    }
    return render_page(request, "provider_report.html", values)


def _find_organisation(reader: Reader, organisation: str) -> OrganisationRow:
    for each in list_organisations(reader):
        if each.organisation == organisation:
            return each
    raise not_found(f"There is no organisation {organisation!r}; all of them are at /organisation/.")


def _datasets(reader: Reader) -> Sequence[str]:
    return [summary.dataset for summary in reader.release.datasets]


def _read(request: Request, reader: Reader, organisation: str, dataset: str) -> ProviderReport:
    known = _datasets(reader)
    if dataset not in known:
        raise unusable(unknown_value("dataset", dataset, "dataset", known))
    lake = Lake(request.app.state.lake_root)
    try:
        return reader.memory.recall(
            ("provider report", organisation, dataset),
            lambda: read_provider_report(lake, organisation, dataset, reader.release),
        )
    except ReleaseError as error:
        raise not_found(f"There is no report: {error}.") from error
