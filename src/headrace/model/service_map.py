"""The service map: who does what, in which stage of which service, and where it hurts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class NoteKind(StrEnum):
    """What a numbered note on the map is."""

    PAIN = "pain"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the map.

    Attributes:
        lane: its id.
        name: the name as people read it.
        meaning: who or what is in it, in a sentence; None where the map does not say.
    """

    lane: str
    name: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class MapStage:
    """A stage of a service: a column of the map.

    Attributes:
        stage: its id, which no other stage of the map has.
        name: the name as people read it.
        outcome: what is so when it has gone well, as a sentence; None where the map does not say.
        outputs, activity, capabilities, technology: what comes of it, what is done, what it takes, with which tools.
    """

    stage: str
    name: str
    outcome: str | None
    outputs: tuple[str, ...]
    activity: tuple[str, ...]
    capabilities: tuple[str, ...]
    technology: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One of the services that the map is about.

    Attributes:
        service: its id.
        name: the name as people read it.
        stages: its stages, in order.
    """

    service: str
    name: str
    stages: tuple[MapStage, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does: a card on the map.

    Attributes:
        step: its id, which no other step of the map has.
        stage, lane: ids of where it is.
        actor: who does it; None where the map does not say.
        text: what is done.
        condition: when it is done, if not always; None otherwise.
        automatic: whether no person is needed.
        next: ids of the steps that follow.
        linked: ids of the steps that happen together with it, in another lane.
        unknown: what it should be linked to and nobody knows, in the words of the map.
        evidence: what whoever does it comes into contact with.
        notes: numbers of the notes on it.
    """

    step: str
    stage: str
    lane: str
    actor: str | None
    text: str
    condition: str | None
    automatic: bool
    next: tuple[str, ...]
    linked: tuple[str, ...]
    unknown: tuple[str, ...]
    evidence: tuple[str, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A pain point or an opportunity.

    Attributes:
        number: its number, which no other note of the map has.
        kind: which of the two it is.
        service, stage: ids of where it is.
        steps: ids of the steps that it is about.
        text: what it says.
    """

    number: int
    kind: NoteKind
    service: str
    stage: str
    steps: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Timing:
    """What the map states about how long something takes.

    Attributes:
        timing: its id.
        steps: ids of the steps that it is about.
        stated: what is stated, in the words of the map.
        kind: what sort of statement it is, for example `processing-time`.
        hours: the hours that are stated, the most where there is a range; None where no number is.
    """

    timing: str
    steps: tuple[str, ...]
    stated: str
    kind: str
    hours: float | None


@dataclass(frozen=True)
class ServiceMap:
    """A user story map and value stream map in one.

    Attributes:
        title: its name, by which measures are bound to it.
        lanes: its rows, top first.
        services: its services, in order.
        steps, notes, timings: what is on it, in the order of the file.
        gaps: what the map does not say, in its own words.
    """

    title: str
    lanes: tuple[Lane, ...]
    services: tuple[Service, ...]
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    timings: tuple[Timing, ...]
    gaps: tuple[str, ...]

    @cached_property
    def stages(self) -> Mapping[str, MapStage]:
        """Every stage by its id, in the order of the services and within them."""
        return {stage.stage: stage for service in self.services for stage in service.stages}

    @cached_property
    def step_by_id(self) -> Mapping[str, Step]:
        """Every step by its id."""
        return {step.step: step for step in self.steps}

    @cached_property
    def note_by_number(self) -> Mapping[int, Note]:
        """Every note by its number."""
        return {note.number: note for note in self.notes}
