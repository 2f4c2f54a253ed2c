"""Whether a pain point or an opportunity of the service map is open, improved or solved: what the record says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from headrace.flow.reference import read_measure
from headrace.flow.stream import Stream
from headrace.model.error import MeasureError
from headrace.model.map_measures import MapMeasures, NoteMeasure, NotMeasured
from headrace.model.service_map import ServiceMap


class NoteState(StrEnum):
    """How it stands."""

    OPEN = "open"
    IMPROVED = "improved"
    SOLVED = "solved"
    UNMEASURED = "not measured"


UNBOUND: Final = NotMeasured("nobody has said which measure would show it")
"""What holds for a note that has no measure and no reason."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one note.

    Attributes:
        state: how it stands.
        value: what the measure is now, in its unit; None where it is not measured.
        reason: why it stands so, as a clause after "because".
    """

    state: NoteState
    value: float | None
    reason: str


def judge_notes(service_map: ServiceMap, measures: MapMeasures, stream: Stream) -> Mapping[int, Judgement]:
    """How every note of a map stands at the moment of `stream`, by its number."""
    return {note.number: judge_measured(measures.notes.get(note.number, UNBOUND), stream) for note in service_map.notes}


def judge_measured(measure: NoteMeasure | NotMeasured, stream: Stream) -> Judgement:
    """How a note with this measure stands at the moment of `stream`."""
    if isinstance(measure, NotMeasured):
        return Judgement(NoteState.UNMEASURED, None, measure.reason)
    try:
        value = read_measure(stream, measure.reference)
    except MeasureError as error:
        return Judgement(NoteState.UNMEASURED, None, str(error))
    if value is None or not _recorded(measure, stream):
        return Judgement(NoteState.UNMEASURED, None, f"the record does not hold enough to tell {measure.reference} yet")
    return judge(measure, value)


def judge(measure: NoteMeasure, value: float) -> Judgement:
    """How a note stands when its measure is `value`.

    It is solved once its measure has come as far as `solved` says, improved once as far as `improved`.
    """
    if _reaches(value, measure.solved, more_is_better=measure.more_is_better):
        return Judgement(NoteState.SOLVED, value, f"{measure.reference} has come as far as was wanted")
    if _reaches(value, measure.improved, more_is_better=measure.more_is_better):
        return Judgement(NoteState.IMPROVED, value, f"{measure.reference} is better, and not yet as far as was wanted")
    return Judgement(NoteState.OPEN, value, f"{measure.reference} is not as far yet as would count as better")


def _reaches(value: float, wanted: float, *, more_is_better: bool) -> bool:
    return value >= wanted if more_is_better else value <= wanted


def _recorded(measure: NoteMeasure, stream: Stream) -> bool:
    """Whether anything ever came to the stage or stream: a queue that was never seen is not an empty one."""
    name = measure.reference.rpartition(".")[0]
    for frame, key in ((stream.stages, "stage"), (stream.stages, "stream")):
        rows = frame.filter((frame[key] == name) & (frame["health"] != "unmeasured"))
        if rows.height:
            return True
    return False
