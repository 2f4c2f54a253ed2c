"""The pages of dependencies: what blocks items, and the waiting that each blocker causes."""

from datetime import datetime, timedelta
from typing import Annotated, Final
from urllib.parse import urlencode

import polars as pl
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from headrace.flow.dependency import REASON, blocks, caused, held_up, rank
from headrace.flow.record import PLACE
from headrace.flow.stream import Passages
from headrace.report.chart_style import DEEP
from headrace.store.streams import read_streams
from headrace.web.clock import read_clock
from headrace.web.compression import CompressedRoute
from headrace.web.flow_answer import answer_csv, answer_json, render_flow_page
from headrace.web.kept_frame import KeptFrames
from headrace.web.parameters import Parameters, Text
from headrace.web.share_bar import draw_bar
from headrace.web.stream import Passed
from headrace.web.stream_listing import Limit, Offset

router = APIRouter(route_class=CompressedRoute)

PASSED_ON: Final = "#7cc0bb"
"""The colour of waiting that is caused through other items."""

PERIODS: Final = ((28, "four weeks"), (91, "a quarter"), (365, "a year"))
"""The periods that the page offers: days, and in words."""


class PeriodParameters(Parameters):
    """Which time is looked at."""

    days: int = Field(28, ge=1, le=36500, description="Count the waiting of so many days until now.")


class BlockerParameters(PeriodParameters):
    """Which blocker's list is wanted, and which part of it."""

    by_type: Text = Field(description="Type of the blocker, for example `person`.")
    by_item: Text = Field(description="The blocker: the key of an item, a person or team, or a reason.")
    limit: Limit = 100
    offset: Offset = 0


_BLOCKS: Final = KeptFrames(lambda passed: blocks(passed.events))


def read_blocks(request: Request, passed: Passed) -> pl.DataFrame:
    """Every block in the record."""
    return _BLOCKS.of(request.app.state.lake_root, passed)


Blocked = Annotated[pl.DataFrame, Depends(read_blocks)]
Clock = Annotated[datetime, Depends(read_clock)]


def address_of_blocker(by_type: str, by_item: str, *, extension: str = "", **more: object) -> str:
    """Where the list behind the numbers of a blocker is."""
    return f"/dependencies/items{extension}?{urlencode({'by_type': by_type, 'by_item': by_item, **more})}"


@router.get("/dependencies.json", tags=["stream"], summary="What blocks, and the waiting it causes")
def answer_dependencies_json(wanted: Annotated[PeriodParameters, Query()], blocked: Blocked, clock: Clock) -> Response:
    """The blockers, the one that causes most waiting first; times in seconds."""
    start, now = _period(wanted, clock)
    ranked = rank(caused(blocked, now), start, now)
    return answer_json({"now": now, "since": start, "count": ranked.height, "blockers": ranked.to_dicts()})


@router.get("/dependencies.csv", tags=["stream"], summary="What blocks, and the waiting it causes, as a table")
def answer_dependencies_csv(wanted: Annotated[PeriodParameters, Query()], blocked: Blocked, clock: Clock) -> Response:
    """One row per blocker; times in seconds, moments in UTC."""
    start, now = _period(wanted, clock)
    ranked = rank(caused(blocked, now), start, now)
    return answer_csv(ranked.with_columns(pl.col("stages").list.join(";")))


@router.get("/dependencies", include_in_schema=False)
def show_dependencies(
    request: Request, wanted: Annotated[PeriodParameters, Query()], blocked: Blocked, clock: Clock
) -> HTMLResponse:
    """The blockers, the one that causes most waiting first."""
    start, now = _period(wanted, clock)
    ranked = rank(caused(blocked, now), start, now)
    most = max(ranked["waited_s"], default=0.0) or 1.0
    roles = {name: stage.role for name, stage in read_streams().stages.items()}
    rows = [
        {
            **row,
            "bar": draw_bar(((row["direct_s"] / most, DEEP), (row["passed_on_s"] / most, PASSED_ON))),
            "roles": sorted({roles.get(stage, stage) for stage in row["stages"]}),
            "age_s": None if row["oldest_since"] is None else (now - row["oldest_since"]).total_seconds(),
        }
        for row in ranked.iter_rows(named=True)
    ]
    return render_flow_page(
        request,
        "dependencies.html",
        wanted=wanted,
        periods=PERIODS,
        start=start,
        now=now,
        rows=rows,
        direct_s=float(ranked["direct_s"].sum()),
        items_now=blocked.filter(pl.col("until").is_null()).select(PLACE).n_unique(),
        swatches={"direct": draw_bar(((1.0, DEEP),)), "passed_on": draw_bar(((1.0, PASSED_ON),))},
        blocker_address=address_of_blocker,
        reason_type=REASON,
    )


@router.get("/dependencies/items.json", tags=["stream"], summary="What one blocker holds up, longest first")
def answer_items_json(wanted: Annotated[BlockerParameters, Query()], blocked: Blocked, clock: Clock) -> Response:
    """The spans behind the numbers of one blocker: which item, where, since when, through what, why."""
    start, now = _period(wanted, clock)
    items = held_up(caused(blocked, now), wanted.by_type, wanted.by_item, start, now)
    return answer_json(
        {
            "now": now,
            "since": start,
            "by_type": wanted.by_type,
            "by_item": wanted.by_item,
            "count": items.height,
            "waited_s": float(items["waited_s"].sum()),
            "items": items.slice(wanted.offset, wanted.limit).to_dicts(),
        }
    )


@router.get("/dependencies/items", include_in_schema=False)
def show_items(
    request: Request, wanted: Annotated[BlockerParameters, Query()], passed: Passed, blocked: Blocked, clock: Clock
) -> HTMLResponse:
    """What one blocker holds up, longest first."""
    start, now = _period(wanted, clock)
    items = held_up(caused(blocked, now), wanted.by_type, wanted.by_item, start, now)
    return render_flow_page(
        request,
        "dependency_items.html",
        wanted=wanted,
        start=start,
        now=now,
        count=items.height,
        waited_s=float(items["waited_s"].sum()),
        items=items.slice(wanted.offset, wanted.limit).to_dicts(),
        blocker_address=address_of_blocker,
        reason_type=REASON,
        known=_is_known(passed, wanted),
    )


def _is_known(passed: Passages, wanted: BlockerParameters) -> bool:
    """Whether the blocker is an item of the record, which has a history of its own."""
    this = (pl.col("item_type") == wanted.by_type) & (pl.col("item") == wanted.by_item)
    return not passed.events.filter(this).is_empty()


def _period(wanted: PeriodParameters, clock: datetime) -> tuple[datetime, datetime]:
    return clock - timedelta(days=wanted.days), clock
