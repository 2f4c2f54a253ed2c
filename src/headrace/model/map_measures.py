"""Which measures of the stream tell about which parts of a service map."""

from collections.abc import Mapping
from dataclasses import dataclass

from headrace.model.goal import Unit


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """Why nothing is measured.

    Attributes:
        reason: a clause that ends the sentence "Not measured, because …".
    """

    reason: str


@dataclass(frozen=True, slots=True)
class NoteMeasure:
    """The measure that shows whether a pain point goes away, or an opportunity is taken.

    Attributes:
        reference: the measure, `<stage or stream>.<column>`.
        unit: what it counts.
        baseline: what it was when the note was written, in the same unit; None where nobody knows.
        source: who said what the baseline is, as a clause; None where there is none.
        improved, solved: from which value on the note counts as improved, and as solved.
        more_is_better: whether the measure has to rise.
    """

    reference: str
    unit: Unit
    baseline: float | None
    source: str | None
    improved: float
    solved: float
    more_is_better: bool


Bound = tuple[str, ...] | NotMeasured
"""The stages of the stream that are measured for a part of the map, or why none is."""


@dataclass(frozen=True, slots=True)
class MapMeasures:
    """What is bound to one service map.

    Attributes:
        title: title of the map that it is for.
        stages: for a stage of the map by its id.
        steps: for a step of the map by its id; steps left out are told by their stage.
        notes: for a note by its number.
    """

    title: str
    stages: Mapping[str, Bound]
    steps: Mapping[str, Bound]
    notes: Mapping[int, NoteMeasure | NotMeasured]
