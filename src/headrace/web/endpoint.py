"""Routes of one endpoint: how it is doing, when it is asked next, and everything that came of asking it."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Final

import orjson
import polars as pl
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from headrace.collect.schedule import Patience, next_action, next_due, told_on
from headrace.run.endpoint_clocks import read_clocks
from headrace.run.endpoint_history import read_histories
from headrace.run.endpoint_list import current_look
from headrace.settings import read_settings
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake
from headrace.store.replacement_record import ReplacementRecord
from headrace.web.clock import read_clock
from headrace.web.compression import CompressedRoute
from headrace.web.page import render_page
from headrace.web.problem import not_found
from headrace.web.stream import LIVE
from headrace.web.wording import is_web_address

router = APIRouter(route_class=CompressedRoute)

Key = Annotated[str, Path(description="SHA-256 of the URL, in hexadecimal.", pattern="^[0-9a-f]{64}$")]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many attempts, the latest first.")]
Clock = Annotated[datetime, Depends(read_clock)]

SHOWN: Final = 100
"""How many attempts are shown unless more are asked for."""


@router.get("/endpoint/{endpoint}.json", tags=["endpoint"], summary="How one endpoint is doing")
def answer_endpoint_json(request: Request, endpoint: Key, clock: Clock, limit: Limit = SHOWN) -> Response:
    """Its history, its schedule, and its attempts, the latest first."""
    said = _read_endpoint(request, endpoint, clock, limit)
    return Response(orjson.dumps(said, option=orjson.OPT_UTC_Z), headers=LIVE, media_type="application/json")


@router.get("/endpoint/{endpoint}", include_in_schema=False)
def show_endpoint(request: Request, endpoint: Key, clock: Clock, limit: Limit = SHOWN) -> Response:
    """The same as a page."""
    said = _read_endpoint(request, endpoint, clock, limit)
    look = said["look"]
    page = look["page"] if isinstance(look, dict) and is_web_address(look["page"]) else None
    return render_page(request, "endpoint.html", said | {"documentation_url": page})


def _read_endpoint(request: Request, endpoint: str, clock: datetime, limit: int) -> dict[str, object]:
    lake = Lake(request.app.state.lake_root)
    attempts = AttemptLog(lake, "", "reader").read(endpoint)
    if attempts.is_empty():
        raise not_found(f"No endpoint {endpoint} has ever been asked.")
    settings, today = read_settings(), clock.date()
    patience = Patience(tell_days=settings.tell_days, retire_days=settings.retire_days)
    history = read_histories(attempts)[endpoint]
    due = next_due(history, today)
    look = current_look(history, ReplacementRecord(lake, "reader").latest(endpoint).get(endpoint))
    return {
        "endpoint": endpoint,
        "url": attempts["url"].drop_nulls().last() if attempts["url"].null_count() < attempts.height else None,
        "history": asdict(history),
        "clocks": asdict(read_clocks(lake, attempts, today)),
        "due_on": due.on,
        "due": due.reason,
        "told_on": told_on(history, today, patience),
        "action": next_action(history, today, patience),
        "look": None if look is None else asdict(look),
        "tell_days": patience.tell_days,
        "attempt_count": attempts.height,
        "resource_count": attempts["resource"].drop_nulls().n_unique(),
        "attempts": attempts.sort(pl.col("finished_at"), descending=True).head(limit).to_dicts(),
    }
