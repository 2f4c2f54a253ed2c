"""The pages of the stream: where data waits, for how long, and for whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final

import orjson
import polars as pl
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from headrace.flow import queue_health
from headrace.flow.awaited import MEANING, Awaited
from headrace.flow.choice import choose
from headrace.flow.close_up import LITTLE_APART, CloseUp, chance_of, forecast_stage, under_way_at
from headrace.flow.forecast import SURE
from headrace.flow.health import RULE, Health
from headrace.flow.record import PLACE
from headrace.flow.stream import Passages, Stream
from headrace.flow.visits import WAITING
from headrace.report.stage_charts import READING
from headrace.web.clock import read_clock
from headrace.web.close_ups import Looked
from headrace.web.compression import CompressedRoute
from headrace.web.gate_picture import WORDING
from headrace.web.item_pages import find_pages
from headrace.web.page import render_page
from headrace.web.problem import not_found
from headrace.web.shelf import Reader
from headrace.web.stage_drawing import stage_charts
from headrace.web.stream_choice import SAID
from headrace.web.stream_gauge import gauge_at
from headrace.web.stream_listing import (
    EventParameters,
    ItemParameters,
    PartParameters,
    choose_events,
    choose_items,
    cut,
)
from headrace.web.stream_reading import take_chosen
from headrace.web.stream_wording import WORDS

router = APIRouter(route_class=CompressedRoute)

LIVE: Final = {"Cache-Control": "no-store"}
"""Headers of an answer that holds for this moment."""


def read_passages(request: Request) -> Passages:
    """What the event record of the lake says."""
    return gauge_at(request.app.state.lake_root).read()


def measure_stream(request: Request, clock: Annotated[datetime, Depends(read_clock)]) -> Stream:
    """Every measure of every stage, now."""
    return gauge_at(request.app.state.lake_root).measure(clock)


Passed = Annotated[Passages, Depends(read_passages)]
Measured = Annotated[Stream, Depends(measure_stream)]


@router.get("/stream.json", tags=["stream"], summary="Where data waits, and for how long")
def answer_stream_json(stream: Measured) -> Response:
    """Every measure of every stage, as the page shows them."""
    return _answer_json(
        {
            "now": stream.now,
            "since": stream.start,
            "recorded_at": stream.recorded_at,
            "rule": RULE,
            "constraint": stream.constraint,
            "stages": stream.stages.to_dicts(),
            "streams": stream.streams.to_dicts(),
            "run": stream.run,
            "night": stream.night.to_dicts(),
        }
    )


@router.get("/stream.csv", tags=["stream"], summary="Where data waits, and for how long, as a table")
def answer_stream_csv(stream: Measured) -> Response:
    """One row per stage; moments are in UTC."""
    table = stream.stages.select(pl.lit(stream.now).alias("now"), pl.all())
    text = table.write_csv(datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
    return Response(text, headers=LIVE, media_type="text/csv; charset=utf-8")


@router.get("/stream/item/{item_type}/{item:path}", include_in_schema=False)
def show_item(
    request: Request,
    item_type: str,
    item: str,
    wanted: Annotated[PartParameters, Query()],
    passed: Passed,
    clock: Annotated[datetime, Depends(read_clock)],
) -> HTMLResponse:
    """The history of one item: its visits to stages, and every event, the latest first."""
    this = (pl.col("item_type") == item_type) & (pl.col("item") == item)
    events = passed.events.filter(this).sort("at", "row", descending=True)
    if events.is_empty():
        raise not_found(f"Nothing is recorded about the {item_type} {item!r}.")
    visits = passed.visits.filter(this).sort("ready_at", *PLACE, descending=True)
    reader: Reader | None = getattr(request.state, "reader", None)
    published = [each.dataset for each in reader.release.datasets] if reader else []
    return _render(
        request,
        "stream_item.html",
        item_type=item_type,
        item=item,
        pages=list(find_pages(item_type, item, visits, published)),
        wanted=wanted,
        visits=visits.head(wanted.limit).to_dicts(),
        visit_count=visits.height,
        events=cut(events, wanted),
        event_count=events.height,
        expected=_expected(passed, visits, clock),
    )


def _expected(passed: Passages, visits: pl.DataFrame, clock: datetime) -> Sequence[Mapping[str, object]]:
    """For every stage at which an item waits: its place in the queue, who overtook it, and when it will be done."""
    now = max(clock, passed.recorded_at or clock)
    told = []
    for stage, item_type, item in visits.filter(WAITING).select(PLACE).iter_rows():
        queue = under_way_at(passed.visits.filter(pl.col("stage") == stage), now)
        here = queue.row(by_predicate=(pl.col("item_type") == item_type) & (pl.col("item") == item), named=True)
        said = forecast_stage(passed, stage, now, here["position"], chance_of(now))
        ends = said.moments(now) if said else ()
        told.append(
            {
                "stage": stage,
                "there": queue.height,
                "meaning": MEANING[Awaited(here["waits_for"])],
                **here,
                "ends": list(zip(SURE, ends, strict=False)),
            }
        )
    return told


@router.get("/stream/{stage}.json", tags=["stream"], summary="The items behind the number, oldest first")
def answer_stage_json(
    stage: str, wanted: Annotated[ItemParameters, Query()], passed: Passed, stream: Measured
) -> Response:
    """Items that wait, or are worked on, at a stage: since when, for whom, and why."""
    measures_of(stage, stream)
    items = choose_items(_chosen(passed, wanted).visits, stage, wanted, stream.now)
    return _answer_json(
        {
            "now": stream.now,
            "stage": stage,
            "state": wanted.state,
            "waits_for": wanted.waits_for,
            "count": items.height,
            "limit": wanted.limit,
            "offset": wanted.offset,
            "items": cut(items, wanted),
        }
    )


@router.get("/stream/{stage}/events", include_in_schema=False)
def show_events(
    request: Request, stage: str, wanted: Annotated[EventParameters, Query()], passed: Passed, stream: Measured
) -> HTMLResponse:
    """What was recorded at a stage, the latest first."""
    measures_of(stage, stream)
    events = choose_events(passed.events, stage, wanted)
    return _render(
        request,
        "stream_events.html",
        stage=stage,
        wanted=wanted,
        count=events.height,
        events=cut(events, wanted),
    )


@router.get("/stream/{stage}", include_in_schema=False)
def show_stage(
    request: Request,
    stage: str,
    wanted: Annotated[ItemParameters, Query()],
    clock: Annotated[datetime, Depends(read_clock)],
    looked: Looked,
) -> HTMLResponse:
    """One stage: its measures, the items behind the number, oldest first, and how it has gone."""
    reading = take_chosen(request.app.state.lake_root, wanted, clock)
    passed, chosen, stream = reading.passed, reading.chosen, reading.stream
    measures_of(stage, stream)
    items = choose_items(chosen.visits, stage, wanted, stream.now)
    return _render(
        request,
        "stream_stage.html",
        stream=stream,
        stage=measures_of(stage, stream),
        wanted=wanted,
        over=SAID[wanted.period],
        count=items.height,
        items=cut(items, wanted),
        awaited=[(word, MEANING[word]) for word in Awaited],
        over_time=None if chosen is not passed else _over_time(looked.look(passed, stage, stream.now)),
    )


def _over_time(close: CloseUp) -> Mapping[str, object] | None:
    """What the page says of a stage over time; None where nothing ever came to it."""
    if close.curve.is_empty():
        return None
    ends = close.emptied.moments(close.now) if close.emptied else ()
    return {
        "close": close,
        "charts": [(name, READING[name]) for name in READING if name in stage_charts(close)],
        "ends": [(sure, end) for sure, end in zip(SURE, ends, strict=False)],
        "weeks": close.throughput.sort("at", descending=True).to_dicts(),
        "apart": LITTLE_APART,
        "overtaken": int(close.under_way["overtaken_by"].quantile(0.5, "lower") or 0),
        "meanings": queue_health.MEANING,
    }


def _chosen(passed: Passages, wanted: ItemParameters) -> Passages:
    return choose(passed, wanted.dataset, wanted.organisation)


def measures_of(stage: str, stream: Stream) -> Mapping[str, object]:
    """The measures of a stage; a problem that names the stages there are, if it is none of them."""
    measures = stream.stages.filter(pl.col("stage") == stage).to_dicts()
    if not measures:
        raise not_found(f"There is no stage {stage!r}. The stages are {', '.join(stream.stages['stage'])}.")
    return measures[0]


def _answer_json(said: Mapping[str, object]) -> Response:
    return Response(orjson.dumps(said, option=orjson.OPT_UTC_Z), headers=LIVE, media_type="application/json")


def _render(request: Request, template: str, **values: object) -> HTMLResponse:
    colours = {colour.value: WORDING[colour] for colour in Health}
    return render_page(request, template, {**WORDS, "colours": colours, **values})
