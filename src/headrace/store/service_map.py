"""The service map to be shown, and what is measured of it."""

from dataclasses import dataclass
from pathlib import Path

from headrace.model.error import ConfigurationError
from headrace.model.map_measures import MapMeasures
from headrace.model.service_map import ServiceMap
from headrace.spec.map_measures import bind_nothing, build_map_measures, read_map_title
from headrace.spec.service_map import build_service_map
from headrace.store.builtin import builtin_datasets
from headrace.store.streams import read_streams

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
    service_map = build_service_map(_text(file), _name(file))
    for candidate in (*sorted(file.parent.glob("measures*.yaml")), *sorted(built_in.glob("measures*.yaml"))):
        text = _text(candidate)
        if read_map_title(text, _name(candidate)) == service_map.title:
            return MeasuredMap(service_map, build_map_measures(text, _name(candidate), service_map, read_streams()))
    return MeasuredMap(service_map, bind_nothing(service_map))


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(_name(file), f"not UTF-8 (byte {error.start})", "a YAML file in UTF-8") from error
    except OSError as error:
        raise ConfigurationError(
            str(file), f"cannot be read ({error.strerror})", "a service map as a YAML file"
        ) from error
