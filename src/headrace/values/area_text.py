"""A text that should hold an area, but is not plainly a polygon: what it is, or why it is none."""

from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry import GeometryCollection, Polygon

from headrace.values.coordinate_system import NO_SYSTEM
from headrace.values.geometry_text import not_well_known_text, read_geometry
from headrace.values.parsed import Problem
from headrace.values.validity import polygons_in

_AREAS: Final = {"Polygon", "MultiPolygon", "GeometryCollection"}


@dataclass(frozen=True, slots=True)
class AreaText:
    """What a text holds.

    Attributes:
        polygons: those found, in order; none where the text holds no area.
        is_collection: whether they come from a collection, in which polygons may overlap.
        problems: what is wrong with the text.
    """

    polygons: tuple[Polygon, ...] = ()
    is_collection: bool = False
    problems: tuple[Problem, ...] = ()


def read_area(text: str) -> AreaText:
    """Read well-known text of any form, or a GeoJSON geometry."""
    if not text:
        return AreaText()
    geometry = read_geometry(text)
    problems: tuple[Problem, ...] = ()
    if geometry is None:
        geometry, problems = shapely.from_geojson(text, on_invalid="ignore"), (Problem("invalid type geojson"),)
    if geometry is None:
        return AreaText(problems=(not_well_known_text(text),))
    if geometry.geom_type not in _AREAS:
        wrong_type = Problem("Unexpected geom type", text, "Geometry must be a multipolygon")
        return AreaText(problems=(wrong_type, *problems))
    if geometry.geom_type == "GeometryCollection" and not _begins_with_area(geometry):
        wrong_part = Problem("Unexpected geom type within GeometryCollection", None, "Geometry must be a polygon")
        return AreaText(problems=(*problems, wrong_part))
    polygons = tuple(polygons_in(geometry))
    if not polygons:
        return AreaText(problems=(*problems, NO_SYSTEM))
    return AreaText(polygons, geometry.geom_type == "GeometryCollection", problems)


def _begins_with_area(collection: GeometryCollection) -> bool:
    first = next(iter(collection.geoms), None)
    return first is None or first.geom_type in {"Polygon", "MultiPolygon"}
