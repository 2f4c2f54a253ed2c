"""Routes for machines that watch: health, and robots."""

from http import HTTPStatus

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from headrace.web.answer import JSONDocument
from headrace.web.shelf import Reader

router = APIRouter()

_ROBOTS = "User-agent: *\nDisallow: /datasette/\nDisallow: /fact\n"


@router.get("/health", response_class=JSONDocument, tags=["service"], summary="Whether the service can answer")
def answer_health(request: Request) -> Response:
    """`OK` and the release that is served; 503 when there is none or it cannot be read."""
    reader: Reader | None = request.state.reader
    present = reader is not None and reader.search.row("SELECT 1 FROM entity LIMIT 1") is not None
    said = {
        "status": "OK" if present else "FAIL",
        "entities_present": "OK" if present else "FAIL",
        "release": None if reader is None else reader.release.id,
    }
    status = HTTPStatus.OK if present else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONDocument(orjson.dumps(said), status, {"Cache-Control": "no-store"})


@router.get("/robots.txt", include_in_schema=False)
def answer_robots() -> Response:
    """What robots should leave alone: the pages that are expensive and say nothing new."""
    return PlainTextResponse(_ROBOTS, headers={"Cache-Control": "public, max-age=3600"})
