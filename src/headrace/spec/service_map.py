"""Reading a service map: lanes, services with their stages, steps, notes, stated timings and gaps."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from headrace.model.service_map import Lane, MapStage, Note, NoteKind, Service, ServiceMap, Step, Timing
from headrace.spec.document import Section, read_section

NOT_ROWS: Final = ("evidence", "notes")
"""Lanes of the format that hold no steps: what is in them is written at the steps."""

Read = TypeVar("Read")
Key = TypeVar("Key")


def build_service_map(text: str, name: str) -> ServiceMap:
    """The service map that a YAML document describes.

    Args:
        text: the document.
        name: the file, as a person knows it.

    Raises:
        ConfigurationError: something is missing, comes twice, is of the wrong kind, or names what is not on the map.
    """
    whole = read_section(text, name)
    lanes = _each(whole, "lanes", _lane, lambda lane: lane.lane)
    services = _each(whole, "services", _service, lambda service: service.service)
    homes = {stage.stage: service.service for service in services for stage in service.stages}
    if sum(len(service.stages) for service in services) > len(homes):
        whole.refuse("a stage comes twice", "each stage in one service")
    rows = [lane.lane for lane in lanes if lane.lane not in NOT_ROWS]
    sections = tuple(whole.sections("steps"))
    known = {section.text("id") for section in sections}
    steps = _each(whole, "steps", lambda section: _step(section, homes, rows, known), lambda step: step.step)
    notes = _each(whole, "notes", lambda section: _note(section, homes, known), lambda note: note.number)
    numbers = {note.number for note in notes}
    for section, step in zip(sections, steps, strict=True):
        _require(section, "notes", step.notes, numbers)
    return ServiceMap(
        title=whole.text("title"),
        lanes=tuple(lane for lane in lanes if lane.lane in rows),
        services=services,
        steps=steps,
        notes=notes,
        timings=_each(whole, "timings", lambda section: _timing(section, known), lambda timing: timing.timing),
        gaps=whole.texts("gaps"),
    )


def _each(
    whole: Section, key: str, read: Callable[[Section], Read], name: Callable[[Read], object]
) -> tuple[Read, ...]:
    """Every mapping of a list, read, each name once."""
    seen: set[object] = set()
    found = []
    for section in whole.sections(key):
        made = read(section)
        if name(made) in seen:
            section.refuse(f"{name(made)!r} comes twice", f"each of the {key} once")
        seen.add(name(made))
        found.append(made)
    return tuple(found)


def _lane(section: Section) -> Lane:
    return Lane(section.text("id"), section.text("name"), section.optional_text("meaning"))


def _service(section: Section) -> Service:
    stages = _each(section, "stages", _stage, lambda stage: stage.stage)
    if not stages:
        section.refuse("it has no stages", "one stage at least")
    return Service(section.text("id"), section.text("name"), stages)


def _stage(section: Section) -> MapStage:
    return MapStage(
        stage=section.text("id"),
        name=section.text("name"),
        outcome=section.optional_text("outcome"),
        outputs=section.texts("outputs"),
        activity=section.texts("activity"),
        capabilities=section.texts("capabilities"),
        technology=section.texts("technology"),
    )


def _step(section: Section, homes: Iterable[str], rows: Iterable[str], known: set[str]) -> Step:
    linked = section.texts("linked")
    return Step(
        step=section.text("id"),
        stage=_one_of(section, "stage", homes),
        lane=_one_of(section, "lane", rows),
        actor=section.optional_text("actor"),
        text=section.text("text"),
        condition=section.optional_text("condition"),
        automatic=section.flag("automatic"),
        next=_require(section, "next", section.texts("next"), known),
        linked=_require(section, "linked", tuple(other for other in linked if "??" not in other), known),
        unknown=tuple(other for other in linked if "??" in other),
        evidence=section.texts("evidence"),
        notes=_numbers(section, "notes"),
    )


def _note(section: Section, homes: dict[str, str], known: set[str]) -> Note:
    kind = _one_of(section, "kind", [kind.value for kind in NoteKind])
    stage = _one_of(section, "stage", homes)
    service = section.optional_text("service") or homes[stage]
    if service != homes[stage]:
        section.refuse(f"service is {service!r}", f"{homes[stage]!r}, the service of the stage {stage!r}")
    return Note(
        number=section.whole("number"),
        kind=NoteKind(kind),
        service=service,
        stage=stage,
        steps=_require(section, "steps", section.texts("steps"), known),
        text=section.text("text"),
    )


def _timing(section: Section, known: set[str]) -> Timing:
    hours = (section.optional_number(key) for key in ("high_hours", "every_hours"))
    return Timing(
        timing=section.text("id"),
        steps=_require(section, "steps", section.texts("steps"), known),
        stated=section.text("stated"),
        kind=section.text("kind"),
        hours=next((number for number in hours if number is not None), None),
    )


def _one_of(section: Section, key: str, known: Iterable[str]) -> str:
    said, names = section.text(key), list(known)
    if said not in names:
        section.refuse(f"{key} is {said!r}", f"one of {', '.join(names)}")
    return said


def _numbers(section: Section, key: str) -> tuple[int, ...]:
    said = section.items(key)
    for number in said:
        if isinstance(number, bool) or not isinstance(number, int):
            section.refuse(f"{key} has {number!r}", "a list of whole numbers")
    return tuple(number for number in said if isinstance(number, int))


def _require(section: Section, key: str, said: tuple[Key, ...], known: set[Key]) -> tuple[Key, ...]:
    for name in said:
        if name not in known:
            section.refuse(f"{key} names {name!r}", "something that is on the map")
    return said
