"""What the record says about the service map: as the picture shows it, and as JSON."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import polars as pl

from headrace.flow.note_state import Judgement, judge_notes
from headrace.flow.stream import Stream
from headrace.model.map_measures import Bound, NotMeasured
from headrace.model.stage import StreamModel
from headrace.report.measure_text import format_duration
from headrace.store.service_map import MeasuredMap, read_service_map
from headrace.store.streams import read_streams
from headrace.web.gate_picture import gate_of
from headrace.web.map_layout import Bindings
from headrace.web.map_picture import Told
from headrace.web.stream_reading import Reading
from headrace.web.stream_wording import format_share

NOT_BOUND = "nobody has said which stages of the stream are measured here"
"""Why nothing is measured of a stage that no document of measures names."""


@lru_cache(maxsize=8)
def map_at(path: Path | None) -> MeasuredMap:
    """The service map of a file, or the built-in one; read once in a process."""
    return read_service_map(path)


def bind(shown: MeasuredMap, stream: Stream) -> Bindings:
    """What is measured of the map, as far as it takes room in the picture."""
    model = read_streams()
    measured = stages_measured(shown)
    return Bindings(
        streams={stage.stage: stage.stream for stage in model.stages.values()},
        titles={stage.stage: stage.title for stage in model.stages.values()},
        stages=measured,
        steps={step: bound for step, bound in shown.measures.steps.items() if not isinstance(bound, NotMeasured)},
        stream_titles={each.stream: each.title for each in model.streams},
        said={each.stream: say_stream(each, stream) for each in model.streams},
        reasons={
            stage: f"because {why_not_measured(shown, stage)}."
            for stage in shown.service_map.stages
            if stage not in measured
        },
    )


def stages_measured(shown: MeasuredMap) -> Mapping[str, tuple[str, ...]]:
    """For every stage of the map of which something is measured, the stages of the stream."""
    return {stage: bound for stage, bound in shown.measures.stages.items() if not isinstance(bound, NotMeasured)}


def why_not_measured(shown: MeasuredMap, stage: str) -> str | None:
    """Why nothing is measured of a stage of the map; None where something is."""
    bound: Bound = shown.measures.stages.get(stage, NotMeasured(NOT_BOUND))
    return bound.reason if isinstance(bound, NotMeasured) else None


def say_stream(model: StreamModel, stream: Stream) -> str:
    """How a stream does from end to end, in a line."""
    row = stream_row(stream, model.stream)
    way = f"{model.begins} → {model.ends}"
    half, most = lead_text(row, "p50"), lead_text(row, "p85")
    if half is None:
        return f"{way}: nothing has gone all the way yet"
    parts = [f"half within {half}" if not half.startswith(">") else f"half in {half}"]
    if most:
        parts.append(f"85 in 100 within {most}" if not most.startswith(">") else f"85 in 100 in {most}")
    share = row["rolled_complete_accurate"]
    if isinstance(share, float):
        parts.append(f"{format_share(share)} right first time all the way")
    return f"{way}: {', '.join(parts)}".replace("in >", "in over ")


def lead_text(row: Mapping[str, object], share: str) -> str | None:
    """A percentile of the lead time; where it is not known yet, what it exceeds; None where nothing is known."""
    value, watched = row[f"lead_{share}_s"], row["lead_watched_s"]
    if isinstance(value, float):
        return format_duration(value)
    return f">{format_duration(watched)}" if isinstance(watched, float) else None


def stream_row(stream: Stream, name: str) -> Mapping[str, object]:
    """The measures of one stream from end to end."""
    return stream.streams.row(by_predicate=pl.col("stream") == name, named=True)


def tell(shown: MeasuredMap, reading: Reading, judged: Mapping[int, Judgement]) -> Told:
    """What the record says, as far as it is drawn."""
    return Told(
        gates={str(row["stage"]): gate_of(row) for row in reading.stream.stages.iter_rows(named=True)},
        notes=shown.service_map.note_by_number,
        states={number: each.state for number, each in judged.items()},
        chosen=reading.wanted.chosen(),
    )


def judge(shown: MeasuredMap, stream: Stream) -> Mapping[int, Judgement]:
    """How every note stands."""
    return judge_notes(shown.service_map, shown.measures, stream)


def map_document(shown: MeasuredMap, reading: Reading) -> Mapping[str, object]:
    """Everything of the map with its measures, as JSON."""
    service_map = shown.service_map
    rows = {str(row["stage"]): row for row in reading.stream.stages.iter_rows(named=True)}
    judged = judge(shown, reading.stream)

    def measured(names: Iterable[str]) -> list[Mapping[str, object]]:
        return [rows[name] for name in names]

    return {
        "title": service_map.title,
        "now": reading.stream.now,
        "since": reading.stream.start,
        "recorded_at": reading.stream.recorded_at,
        "chosen": reading.wanted.model_dump(mode="json"),
        "constraint": reading.stream.constraint,
        "streams": reading.stream.streams.to_dicts(),
        "silence": reading.silence.to_dicts(),
        "lanes": service_map.lanes,
        "services": [
            {
                "service": service.service,
                "name": service.name,
                "stages": [
                    {
                        "stage": stage.stage,
                        "name": stage.name,
                        "outcome": stage.outcome,
                        "outputs": stage.outputs,
                        "activity": stage.activity,
                        "capabilities": stage.capabilities,
                        "technology": stage.technology,
                        "measured": measured(stages_measured(shown).get(stage.stage, ())),
                        "not_measured_because": why_not_measured(shown, stage.stage),
                    }
                    for stage in service.stages
                ],
            }
            for service in service_map.services
        ],
        "steps": [
            {
                "step": step.step,
                "stage": step.stage,
                "lane": step.lane,
                "actor": step.actor,
                "text": step.text,
                "condition": step.condition,
                "automatic": step.automatic,
                "next": step.next,
                "linked": step.linked,
                "unknown": step.unknown,
                "evidence": step.evidence,
                "notes": step.notes,
                "measured": _names(shown.measures.steps.get(step.step)),
            }
            for step in service_map.steps
        ],
        "notes": [note_document(shown, number, judged[number]) for number in service_map.note_by_number],
        "timings": service_map.timings,
        "gaps": service_map.gaps,
    }


def note_document(shown: MeasuredMap, number: int, judged: Judgement) -> dict[str, object]:
    """One note with how it stands."""
    note = shown.service_map.note_by_number[number]
    measure = shown.measures.notes.get(number)
    return {
        "number": number,
        "kind": note.kind,
        "service": note.service,
        "stage": note.stage,
        "steps": note.steps,
        "text": note.text,
        "state": judged.state,
        "because": judged.reason,
        "value": judged.value,
        "exceeds": judged.exceeds,
        "measure": None if measure is None or isinstance(measure, NotMeasured) else measure,
    }


def _names(bound: Bound | None) -> tuple[str, ...]:
    return () if bound is None or isinstance(bound, NotMeasured) else bound
