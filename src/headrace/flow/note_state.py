"""Whether a pain point or an opportunity of the service map is open, improved or solved: what the record says."""

import re
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


_PERCENTILE: Final = re.compile(r"(.+\.(?:wait|work|lead))_p\d\d_s")

UNBOUND: Final = NotMeasured("nobody has said which measure would show it")
"""What holds for a note that has no measure and no reason."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one note.

    Attributes:
        state: how it stands.
        value: what the measure is now, in its unit; None where it is not measured.
        exceeds: what it is known to exceed, where it is a percentile that is not known yet; None elsewhere.
        reason: why it stands so, as a clause after "because".
    """

    state: NoteState
    value: float | None
    exceeds: float | None
    reason: str


def judge_notes(service_map: ServiceMap, measures: MapMeasures, stream: Stream) -> Mapping[int, Judgement]:
    """How every note of a map stands at the moment of `stream`, by its number."""
    return {note.number: judge_measured(measures.notes.get(note.number, UNBOUND), stream) for note in service_map.notes}


def judge_measured(measure: NoteMeasure | NotMeasured, stream: Stream) -> Judgement:
    """How a note with this measure stands at the moment of `stream`."""
    if isinstance(measure, NotMeasured):
        return Judgement(NoteState.UNMEASURED, None, None, measure.reason)
    try:
        value, exceeds = read_measure(stream, measure.reference), _read_watched(stream, measure.reference)
    except MeasureError as error:
        return Judgement(NoteState.UNMEASURED, None, None, str(error))
    if not _recorded(measure, stream):
        return Judgement(NoteState.UNMEASURED, None, None, "nothing was recorded yet that its measure tells of")
    if value is not None:
        return judge(measure, value)
    if exceeds is not None and not measure.more_is_better and exceeds > measure.improved:
        return Judgement(NoteState.OPEN, None, exceeds, "its measure, not known yet, exceeds what would do")
    return Judgement(NoteState.UNMEASURED, None, exceeds, "the record does not hold enough yet to tell its measure")


def judge(measure: NoteMeasure, value: float) -> Judgement:
    """How a note stands when its measure is `value`.

    It is solved once its measure has come as far as `solved` says, improved once as far as `improved`.
    """
    if _reaches(value, measure.solved, more_is_better=measure.more_is_better):
        state, reason = NoteState.SOLVED, "has come as far as was wanted"
    elif _reaches(value, measure.improved, more_is_better=measure.more_is_better):
        state, reason = NoteState.IMPROVED, "is better, and not yet as far as was wanted"
    else:
        state, reason = NoteState.OPEN, "is not as far yet as would count as better"
    return Judgement(state, value, None, f"its measure {reason}")


def _read_watched(stream: Stream, reference: str) -> float | None:
    """What a percentile exceeds for all that is known: the longest that was seen."""
    found = _PERCENTILE.fullmatch(reference)
    return read_measure(stream, f"{found[1]}_watched_s") if found else None


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
