"""Reading what binds measures to a service map."""

import re
from collections.abc import Collection
from typing import Final, TypeVar

from headrace.model.goal import Unit
from headrace.model.map_measures import Bound, MapMeasures, NoteMeasure, NotMeasured
from headrace.model.service_map import ServiceMap
from headrace.model.stage import Streams
from headrace.spec.document import Section, read_section
from headrace.spec.goals import UNITS
from headrace.spec.measure_unit import unit_of

Key = TypeVar("Key")

_QUANTITY: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(.*)")


def read_map_title(text: str, name: str) -> str:
    """The title of the map that a document of measures is for.

    Raises:
        ConfigurationError: it names none.
    """
    return read_section(text, name).text("for")


def build_map_measures(text: str, name: str, service_map: ServiceMap, streams: Streams) -> MapMeasures:
    """The measures that a document binds to a map.

    Args:
        text: the document, as `datasets/service-map/measures.yaml` shows it.
        name: the file, as a person knows it.
        service_map: the map that it is for.
        streams: the stage model, whose stages are measured.

    Raises:
        ConfigurationError: it names what is not on the map or in the stage model, or says neither what measures a part
            nor why nothing does.
    """
    whole = read_section(text, name)
    measured = (*streams.stages, *streams.by_name)
    return MapMeasures(
        title=whole.text("for"),
        stages={
            _known(key, section, service_map.stages): _bound(section, streams.stages)
            for key, section in whole.named_sections("stages")
        },
        steps={
            _known(key, section, service_map.step_by_id): _bound(section, streams.stages)
            for key, section in whole.named_sections("steps")
        },
        notes={
            _known(key, section, service_map.note_by_number): _note(section, measured)
            for key, section in whole.named_sections("notes")
        },
    )


def bind_nothing(service_map: ServiceMap) -> MapMeasures:
    """What is bound to a map for which nobody has bound anything."""
    return MapMeasures(service_map.title, {}, {}, {})


def _known(key: object, section: Section, known: Collection[Key]) -> Key:
    found = next((name for name in known if name == key), None)
    if found is None:
        section.refuse(f"{key!r} is not on the map", "an id or a number of the map")
    return found


def _bound(section: Section, stages: Collection[str]) -> Bound:
    reason = section.optional_text("because")
    measured = section.texts("measured")
    if bool(measured) == bool(reason):
        section.refuse("it says both or neither of measured and because", "one of the two")
    if reason:
        return NotMeasured(reason)
    for stage in measured:
        if stage not in stages:
            section.refuse(f"measured names {stage!r}", f"stages of the stream: {', '.join(stages)}")
    return measured


def _note(section: Section, measured: Collection[str]) -> NoteMeasure | NotMeasured:
    reason = section.optional_text("because")
    reference = section.optional_text("measure")
    if (reference is None) == (reason is None):
        section.refuse("it says both or neither of measure and because", "one of the two")
    if reference is None:
        return NotMeasured(str(reason))
    place, _, column = reference.rpartition(".")
    unit = unit_of(column)
    if place not in measured or unit is None:
        section.refuse(f"measure is {reference!r}", f"a measure, such as collect.wait_p85_s, of {', '.join(measured)}")
    baseline = section.optional_text("baseline")
    return NoteMeasure(
        reference=reference,
        unit=unit,
        baseline=None if baseline is None else _quantity(section, "baseline", unit),
        source=section.optional_text("source"),
        improved=_quantity(section, "improved", unit),
        solved=_quantity(section, "solved", unit),
        more_is_better=section.flag("more-is-better"),
    )


def _quantity(section: Section, key: str, unit: Unit) -> float:
    text = section.text(key)
    parts = _QUANTITY.fullmatch(text)
    factor = UNITS[unit].get(parts[2]) if parts else None
    if parts is None or factor is None:
        words = [word for word in UNITS[unit] if word]
        section.refuse(f"{key} is {text!r}", f"a number and one of {', '.join(words)}" if words else "a number alone")
    return float(parts[1]) * factor
