"""Whether a pain point or an opportunity of the service map is open, improved or solved: what the record says."""

from dataclasses import dataclass
from enum import StrEnum

from headrace.model.map_measures import NoteMeasure, NotMeasured


class NoteState(StrEnum):
    """How it stands."""

    OPEN = "open"
    IMPROVED = "improved"
    SOLVED = "solved"
    UNMEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one note.

    Attributes:
        state: how it stands.
        value: what the measure is now, in the unit of its column; None where it is not measured.
        reason: why it stands so, as a clause after "because".
    """

    state: NoteState
    value: float | None
    reason: str


def judge(measure: NoteMeasure | NotMeasured, value: float | None) -> Judgement:
    """How a note stands when its measure is `value`; None where the record does not tell yet.

    A note is solved once its measure has come as far as `solved` says, improved once as far as `improved`.
    """
    if isinstance(measure, NotMeasured):
        return Judgement(NoteState.UNMEASURED, None, measure.reason)
    if value is None:
        return Judgement(NoteState.UNMEASURED, None, f"the record does not hold enough to tell {measure.reference} yet")
    if _reaches(value, measure.solved, more_is_better=measure.more_is_better):
        return Judgement(NoteState.SOLVED, value, f"{measure.reference} has come as far as was wanted")
    if _reaches(value, measure.improved, more_is_better=measure.more_is_better):
        return Judgement(NoteState.IMPROVED, value, f"{measure.reference} is better, and not yet as wanted")
    return Judgement(NoteState.OPEN, value, f"{measure.reference} is not better yet")


def _reaches(value: float, wanted: float, *, more_is_better: bool) -> bool:
    return value >= wanted if more_is_better else value <= wanted
