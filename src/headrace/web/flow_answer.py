"""Answers about the stream that hold for this moment: as JSON, as CSV, as a page."""

from collections.abc import Mapping

import orjson
import polars as pl
from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from headrace.web.page import render_page
from headrace.web.stream import LIVE
from headrace.web.stream_wording import WORDS


def answer_json(said: Mapping[str, object]) -> Response:
    """A document; moments are in UTC."""
    return Response(orjson.dumps(said, option=orjson.OPT_UTC_Z), headers=LIVE, media_type="application/json")


def answer_csv(table: pl.DataFrame) -> Response:
    """A table with a header; moments are in UTC."""
    text = table.write_csv(datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
    return Response(text, headers=LIVE, media_type="text/csv; charset=utf-8")


def render_flow_page(request: Request, template: str, **values: object) -> HTMLResponse:
    """A page whose template calls the functions of `headrace.web.stream_wording.WORDS`."""
    return render_page(request, template, {**WORDS, **values})
