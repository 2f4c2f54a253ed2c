"""The service map to be shown, and what is measured of it."""

from dataclasses import dataclass
from pathlib import Path

from headrace.model.map_measures import MapMeasures
from headrace.model.service_map import ServiceMap
from headrace.spec.map_measures import bind_nothing, build_map_measures, read_map_title
from headrace.spec.service_map import build_service_map
from headrace.store.builtin import builtin_datasets
from headrace.store.streams import read_streams
from headrace.store.yaml_document import read_yaml

FOLDER = "service-map"
"""Where the built-in map and the documents of measures are."""


@dataclass(frozen=True, slots=True)
class MeasuredMap:
    """A service map with what is bound to it.

    Attributes:
        service_map: the map.
        measures: which measures tell about which parts of it.
    """

    service_map: ServiceMap
    measures: MapMeasures


def read_service_map(path: Path | None = None) -> MeasuredMap:
    """The map in a YAML file, or the built-in one, with the measures bound to its title.

    Measures are looked for in files `measures*.yaml` beside the map, then among the built-in ones; the first that is
    for the title of the map is taken. A map for which there are none is shown without numbers.

    Raises:
        ConfigurationError: a file cannot be read, is malformed, or names what is not there.
    """
    built_in = builtin_datasets() / FOLDER
    file = path or built_in / "map.yaml"
    service_map = build_service_map(read_yaml(file, _name(file)), _name(file))
    for candidate in (*sorted(file.parent.glob("measures*.yaml")), *sorted(built_in.glob("measures*.yaml"))):
        document = read_yaml(candidate, _name(candidate))
        if read_map_title(document, _name(candidate)) == service_map.title:
            measures = build_map_measures(document, _name(candidate), service_map, read_streams())
            return MeasuredMap(service_map, measures)
    return MeasuredMap(service_map, bind_nothing(service_map))


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"
