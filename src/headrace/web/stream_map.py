"""The page of the stream: the service map as one picture, live, with the same in numbers and in words."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from headrace.flow.awaited import MEANING, Awaited
from headrace.flow.health import RULE, Health
from headrace.flow.note_state import NoteState
from headrace.model.service_map import NoteKind
from headrace.report.chart_style import AWAITED_COLOURS
from headrace.store.service_map import MeasuredMap
from headrace.store.streams import read_streams
from headrace.web.compression import CompressedRoute
from headrace.web.drawing import picture_in_text, rectangle
from headrace.web.flow_answer import answer_json, render_flow_page
from headrace.web.gate_picture import WORDING, draw_strip
from headrace.web.kept_pages import KeptPages
from headrace.web.map_layout import Bindings, lay_out
from headrace.web.map_picture import Told, draw_map
from headrace.web.map_reading import (
    bind,
    judge,
    lead_text,
    map_at,
    map_document,
    stages_measured,
    stream_row,
    tell,
    why_not_measured,
)
from headrace.web.note_mark import draw_mark, draw_mark_alone
from headrace.web.parameter_fault import ParameterFault
from headrace.web.problem import unusable
from headrace.web.stream import LIVE
from headrace.web.stream_choice import SAID
from headrace.web.stream_gauge import gauge_at
from headrace.web.stream_reading import Read, Reading

router = APIRouter(route_class=CompressedRoute)

WIDE: Final = 1200.0
WIDE_UNITS: Final = 9
NARROW: Final = 360.0
NARROW_UNITS: Final = 2
"""Width of the picture on a desk and on a telephone, and how many cards fit beside one another at most."""

LOOK_S: Final = 0.2
"""Seconds between two looks at whether anything was recorded."""

OPEN_S: Final = 50.0
"""Seconds for which one answer tells of events; the browser asks again by itself."""

LABEL: Final = "Who does what in every stage of the services, and beneath it what waits there"


def read_map(request: Request) -> MeasuredMap:
    """The service map that is shown."""
    return map_at(getattr(request.app.state, "service_map", None))


Shown = Annotated[MeasuredMap, Depends(read_map)]


@router.get("/stream/map.json", tags=["stream"], summary="The service map with what waits in every stage")
def answer_map_json(shown: Shown, reading: Read) -> Response:
    """The map, the measures of every stage bound to it, and how every pain point and opportunity stands."""
    return answer_json(map_document(shown, reading))


@router.get("/stream.svg", tags=["stream"], summary="The service map as a picture")
def answer_picture(shown: Shown, reading: Read) -> Response:
    """The picture of the page, to stand alone."""
    told = tell(shown, reading, judge(shown, reading.stream))
    layout = lay_out(shown.service_map, bind(shown, reading.stream), WIDE, units=WIDE_UNITS)
    _require_service(shown, reading)
    drawn = draw_map(layout, told, LABEL, "wide", service=reading.wanted.service, ground="#ffffff")
    return Response(drawn, headers=LIVE, media_type="image/svg+xml")


@router.get("/stream/events", tags=["stream"], summary="When something has been recorded, as server-sent events")
async def tell_events(request: Request) -> Response:
    """An event `changed` whenever something has been recorded, with a text that changes with it."""
    return StreamingResponse(
        _changes(request, request.app.state.lake_root), headers=LIVE, media_type="text/event-stream"
    )


async def _changes(request: Request, lake_root: Path) -> AsyncIterator[str]:
    gauge = gauge_at(lake_root)
    told = request.headers.get("Last-Event-ID")
    ends_at = monotonic() + OPEN_S
    yield "retry: 500\n\n"
    while monotonic() < ends_at and not await request.is_disconnected():
        version = await run_in_threadpool(gauge.version)
        if version != told:
            # The first is no news to a page that was just made, and tells one that comes back what it has missed.
            yield f"id: {version}\nevent: changed\ndata: {version}\n\n"
            told = version
        await asyncio.sleep(LOOK_S)


@router.get("/stream", include_in_schema=False)
def show_stream(request: Request, shown: Shown, reading: Read) -> Response:
    """The stream as a picture, as tables and in words."""
    _require_service(shown, reading)
    release = getattr(getattr(request.state, "reader", None), "release", None)
    key = (request.app.state.lake_root, shown.service_map.title, reading.wanted, getattr(release, "id", None))
    return _PAGES.answer(reading.stream, key, lambda: _render(request, shown, reading))


_PAGES: Final = KeptPages()


def _require_service(shown: MeasuredMap, reading: Reading) -> None:
    """The service that is asked for is one of the map."""
    services = [service.service for service in shown.service_map.services]
    if reading.wanted.service and reading.wanted.service not in services:
        raise unusable(ParameterFault("service", f"expected one of {', '.join(services)}", reading.wanted.service))


def _render(request: Request, shown: MeasuredMap, reading: Reading) -> HTMLResponse:
    service_map, stream, wanted = shown.service_map, reading.stream, reading.wanted
    stages = stream.stages.to_dicts()
    happened = stream.night.to_dicts()
    judged = judge(shown, stream)
    bound, told = bind(shown, stream), tell(shown, reading, judged)
    return render_flow_page(
        request,
        "stream.html",
        reading=reading,
        stream=stream,
        wanted=wanted,
        map=service_map,
        services=[service for service in service_map.services if wanted.service in (None, service.service)],
        stages=stages,
        streams=_streams(shown, reading, told),
        titles={gate: stage.title for gate, stage in read_streams().stages.items()},
        rows={row["stage"]: row for row in stages},
        measured=stages_measured(shown),
        why={stage: why_not_measured(shown, stage) for stage in service_map.stages},
        bound=bound.steps,
        judged=judged,
        marks={note.number: draw_mark_alone(note, judged[note.number].state) for note in service_map.notes},
        night=happened,
        began_at=min((row["first_at"] for row in happened if row["first_at"]), default=None),
        totals={name: sum(row[name] for row in stages) for name in ("waiting", "in_progress", "failed")},
        slowest=next((row for row in stages if row["stage"] == stream.constraint), None),
        silence=reading.silence.to_dicts(),
        choices=choices(reading),
        spans=SAID,
        colours={colour.value: WORDING[colour] for colour in Health},
        rule=RULE,
        awaited=[(word, MEANING[word], _swatch(AWAITED_COLOURS[word])) for word in Awaited],
        legend=_legend(),
        wide=draw_services(shown, bound, told, "wide", WIDE, WIDE_UNITS),
        narrow=draw_services(shown, bound, told, "slim", NARROW, NARROW_UNITS),
    )


def draw_services(
    shown: MeasuredMap, bound: Bindings, told: Told, name: str, width: float, units: int
) -> Mapping[str, str]:
    """For every service its part of the picture, in one of the arrangements."""
    layout = lay_out(shown.service_map, bound, width, units=units, banners=units > NARROW_UNITS)
    return {
        service.service: draw_map(
            layout, told, f"{service.name}: {LABEL[0].lower()}{LABEL[1:]} ({name})", name, service=service.service
        )
        for service in shown.service_map.services
    }


def choices(reading: Reading) -> Mapping[str, list[str]]:
    """What can be chosen: the datasets and organisations that the record knows."""
    visits = reading.passed.visits
    return {name: visits[name].drop_nulls().unique().sort().to_list() for name in ("dataset", "organisation")}


def _streams(shown: MeasuredMap, reading: Reading, told: Told) -> list[Mapping[str, object]]:
    """The headline: every stream from end to end; of one service, those that have a stage there."""
    model = read_streams()
    bound = stages_measured(shown)
    here = {
        model.stages[gate].stream
        for service in shown.service_map.services
        if reading.wanted.service in (None, service.service)
        for stage in service.stages
        for gate in bound.get(stage.stage, ())
    }
    longest = max((sum(gate.waiting.values()) for gate in told.gates.values()), default=0)
    return [
        {
            "model": each,
            "row": (row := stream_row(reading.stream, each.stream)),
            "half": lead_text(row, "p50"),
            "most": lead_text(row, "p85"),
            "strip": draw_strip(
                [(told.gates[stage.stage], stage.title) for stage in each.stages], max(longest, 1), told.chosen
            ),
        }
        for each in model.streams
        if each.stream in here
    ]


def _swatch(colour: str) -> str:
    return picture_in_text(rectangle(0, 0, 12, 12, fill=colour, rx=2), 14, 14, "stream-swatch")


def _legend() -> list[tuple[str, str]]:
    """The marks of the notes, each with what it means."""
    return [
        (picture_in_text(draw_mark(number, kind, state, 14, 14), 28, 28, "stream-mark"), said)
        for number, (kind, state, said) in enumerate(
            (
                (NoteKind.PAIN, NoteState.OPEN, "pain point, open"),
                (NoteKind.OPPORTUNITY, NoteState.OPEN, "opportunity, open"),
                (NoteKind.PAIN, NoteState.IMPROVED, "improved"),
                (NoteKind.PAIN, NoteState.SOLVED, "solved"),
                (NoteKind.PAIN, NoteState.UNMEASURED, "not measured"),
            ),
            start=1,
        )
    ]
