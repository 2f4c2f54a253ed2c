"""The work list: everything that waits for a person, ranked."""

from collections import Counter
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

import polars as pl
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field

from headrace.report.measure_text import format_duration
from headrace.report.work_list import MEANING, Kind, Ranked, WorkChoice
from headrace.web.clock import read_clock
from headrace.web.compression import CompressedRoute
from headrace.web.flow_answer import answer_csv, answer_json
from headrace.web.page import render_page
from headrace.web.parameters import Text
from headrace.web.shelf import Reader
from headrace.web.stream import LIVE, read_passages
from headrace.web.stream_listing import PartParameters
from headrace.web.work_reading import work_reading_at

router = APIRouter(route_class=CompressedRoute)

Clock = Annotated[datetime, Depends(read_clock)]


class WorkParameters(PartParameters):
    """Which work is wanted."""

    role: Text | None = Field(None, description="Only what this role does, for example `data manager`.")
    kind: Kind | None = Field(None, description="Only this kind of work.")
    dataset: Text | None = Field(None, description="Only of this dataset.")
    organisation: Text | None = Field(None, description="Only of this organisation: its CURIE.")

    def choose(self, ranked: list[Ranked]) -> list[Ranked]:
        """The work that is wanted."""
        return WorkChoice(self.role, self.kind, self.dataset, self.organisation).choose(ranked)


def read_work(request: Request, clock: Clock) -> list[Ranked]:
    """Everything that waits, ranked, now."""
    reader: Reader | None = request.state.reader
    reading = work_reading_at(request.app.state.lake_root)
    return reading.read(read_passages(request), reader.release if reader else None, clock)


Read = Annotated[list[Ranked], Depends(read_work)]
Wanted = Annotated[WorkParameters, Query()]


@router.get("/work.json", tags=["report"], summary="Everything that waits for a person, ranked")
def answer_work_json(ranked: Read, wanted: Wanted) -> Response:
    """The first to be done first: those affected × the days that it has waited."""
    chosen = wanted.choose(ranked)
    part = chosen[wanted.offset : wanted.offset + wanted.limit]
    return answer_json(
        {
            "count": len(chosen),
            "limit": wanted.limit,
            "offset": wanted.offset,
            "roles": Counter(each.work.role for each in ranked),
            "kinds": Counter(each.work.kind.value for each in ranked),
            "work": [each.as_row() for each in part],
        }
    )


@router.get("/work.csv", tags=["report"], summary="Everything that waits for a person, as a table")
def answer_work_csv(ranked: Read, wanted: Wanted) -> Response:
    """All of it, whatever the limit."""
    return answer_csv(pl.DataFrame([each.as_row() for each in wanted.choose(ranked)], infer_schema_length=None))


@router.get("/work", include_in_schema=False)
def show_work(request: Request, ranked: Read, wanted: Wanted) -> Response:
    """The work list as a page."""
    chosen = wanted.choose(ranked)

    def address(extension: str = "", **other: object) -> str:
        query = {**wanted.model_dump(exclude={"offset", "limit"}), **other}
        given = urlencode({name: str(value) for name, value in query.items() if value is not None})
        return f"/work{extension}" + (f"?{given}" if given else "")

    response = render_page(
        request,
        "work_list.html",
        {
            "listed": chosen[wanted.offset : wanted.offset + wanted.limit],
            "count": len(chosen),
            "total": len(ranked),
            "wanted": wanted,
            "kinds": [(kind, MEANING[kind], number) for kind, number in Counter(_kinds(ranked)).most_common()],
            "roles": Counter(each.work.role for each in ranked).most_common(),
            "meaning": MEANING,
            "address": address,
            "duration": format_duration,
        },
    )
    response.headers.update(LIVE)
    return response


def _kinds(ranked: list[Ranked]) -> list[Kind]:
    return [each.work.kind for each in ranked]
