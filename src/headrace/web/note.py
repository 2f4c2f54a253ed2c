"""The pages of pain points and opportunities: how each stands, what shows it, and the queue behind it."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from headrace.flow.awaited import MEANING
from headrace.flow.note_state import Judgement, NoteState
from headrace.flow.queue import waiting_items
from headrace.model.goal import Unit
from headrace.model.map_measures import NoteMeasure
from headrace.model.service_map import Note, NoteKind
from headrace.report.measure_name import name_measure
from headrace.report.measure_text import format_measure
from headrace.report.note_chart import chart_note
from headrace.store.service_map import MeasuredMap
from headrace.store.streams import read_streams
from headrace.web.chart import ChartForm, answer_chart
from headrace.web.compression import CompressedRoute
from headrace.web.flow_answer import answer_json, render_flow_page
from headrace.web.map_reading import judge, note_document, stages_measured
from headrace.web.note_mark import draw_mark_alone
from headrace.web.note_past import past_at
from headrace.web.problem import not_found
from headrace.web.stream import LIVE
from headrace.web.stream_map import Shown
from headrace.web.stream_reading import Read

router = APIRouter(route_class=CompressedRoute)

SHOWN: Final = 10
"""How many items of the queue behind a note are shown."""


@router.get("/stream/note/", include_in_schema=False)
def show_notes(request: Request, shown: Shown, reading: Read) -> HTMLResponse:
    """Every note with how it stands."""
    judged = judge(shown, reading.stream)
    notes = shown.service_map.notes
    return render_flow_page(
        request,
        "notes.html",
        map=shown.service_map,
        stream=reading.stream,
        groups=[
            (kind, [_row(shown, note, judged[note.number]) for note in notes if note.kind is kind]) for kind in NoteKind
        ],
        counts={
            kind: {
                state: sum(note.kind is kind and judged[note.number].state is state for note in notes)
                for state in NoteState
            }
            for kind in NoteKind
        },
        states=list(NoteState),
    )


@router.get("/stream/note/{number:int}.json", tags=["stream"], summary="How a pain point or an opportunity stands")
def answer_note_json(request: Request, number: int, shown: Shown, reading: Read) -> Response:
    """One note: its state, what shows it, and what that was at earlier moments."""
    _find(shown, number)
    measure = _measure(shown, number)
    past = past_at(request.app.state.lake_root).series(reading, measure.reference) if measure else []
    return answer_json(
        {
            "now": reading.stream.now,
            **note_document(shown, number, judge(shown, reading.stream)[number]),
            "past": [{"at": at, "value": value} for at, value in past],
        }
    )


@router.get("/stream/note/{number:int}.{form}", include_in_schema=False)
def answer_note_chart(request: Request, number: int, form: ChartForm, shown: Shown, reading: Read) -> Response:
    """The measure of a note over time, as a chart."""
    _find(shown, number)
    measure = _measure(shown, number)
    if measure is None:
        raise not_found(f"Note {number} is not measured, so there is nothing to draw.")
    past = past_at(request.app.state.lake_root).series(reading, measure.reference)
    return answer_chart(chart_note(measure, past, name_measure(measure.reference, read_streams())), form, LIVE)


@router.get("/stream/note/{number:int}", include_in_schema=False)
def show_note(request: Request, number: int, shown: Shown, reading: Read) -> HTMLResponse:
    """One note: how it stands and why, its steps, its measure over time, and the queue behind it."""
    note = _find(shown, number)
    measure = _measure(shown, number)
    past = past_at(request.app.state.lake_root).find(reading, measure.reference) if measure else None
    gate = _gate(shown, note, measure)
    items = waiting_items(reading.chosen.visits, gate, reading.stream.now) if gate else None
    service_map = shown.service_map
    return render_flow_page(
        request,
        "note.html",
        note=note,
        row=_row(shown, note, judge(shown, reading.stream)[number]),
        measure=measure,
        service=next(each for each in service_map.services if each.service == note.service),
        stage=service_map.stages[note.stage],
        steps=[service_map.step_by_id[step] for step in note.steps],
        timings=[timing for timing in service_map.timings if set(timing.steps) & set(note.steps)],
        past=[(at, format_measure(value, measure.unit)) for at, value in reversed(past)] if measure and past else None,
        gate=gate,
        items=[] if items is None else items.head(SHOWN).to_dicts(),
        item_count=0 if items is None else items.height,
        meanings=MEANING,
        others=[each.number for each in service_map.notes],
        stream=reading.stream,
    )


def _find(shown: MeasuredMap, number: int) -> Note:
    note = shown.service_map.note_by_number.get(number)
    if note is None:
        raise not_found(
            f"There is no note {number} on the map; its notes are 1 to {max(shown.service_map.note_by_number)}."
        )
    return note


def _measure(shown: MeasuredMap, number: int) -> NoteMeasure | None:
    measure = shown.measures.notes.get(number)
    return measure if isinstance(measure, NoteMeasure) else None


def _gate(shown: MeasuredMap, note: Note, measure: NoteMeasure | None) -> str | None:
    """The stage of the stream whose queue is behind a note: that of its measure, else the first of its place."""
    name = measure.reference.rpartition(".")[0] if measure else None
    if name in read_streams().stages:
        return name
    return next(iter(stages_measured(shown).get(note.stage, ())), None)


def _row(shown: MeasuredMap, note: Note, judged: Judgement) -> Mapping[str, object]:
    """What is written of a note."""
    measure = _measure(shown, note.number)
    unit = measure.unit if measure else Unit.COUNT

    def said(value: float | None) -> str:
        return format_measure(value, unit)

    return {
        "note": note,
        "mark": draw_mark_alone(note, judged.state),
        "state": judged.state,
        "because": judged.reason,
        "now": f"over {said(judged.exceeds)}" if judged.exceeds is not None else said(judged.value),
        "reference": measure.reference if measure else None,
        "name": name_measure(measure.reference, read_streams()) if measure else None,
        "baseline": said(measure.baseline) if measure and measure.baseline is not None else None,
        "source": measure.source if measure else None,
        "improved": f"{_side(measure)} {said(measure.improved)}" if measure else None,
        "solved": f"{_side(measure)} {said(measure.solved)}" if measure else None,
    }


def _side(measure: NoteMeasure) -> str:
    return "at least" if measure.more_is_better else "at most"
