"""Where: the areas that a search names, and how entities are to lie to them. Coordinates are WGS 84 degrees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.lib import GEOSException

from headrace.web.parameter_fault import ParameterFault

Test: TypeAlias = Callable[[Any, Any], Any]

RELATIONS: Final[Mapping[str, Test]] = {
    "contains": shapely.within,
    "coveredby": shapely.covers,
    "covers": shapely.covered_by,
    "crosses": shapely.crosses,
    "equals": shapely.equals,
    "intersects": shapely.intersects,
    "overlaps": shapely.overlaps,
    "touches": shapely.touches,
    "within": shapely.contains,
}
"""Relation of the entity to the area → the test (area, entities) of the same meaning: a test is quick when its first
geometry is prepared, so the ones that have a direction are turned round. `disjoint` is not `intersects`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Areas, one of which an entity must lie to in some relation.

    Attributes:
        areas: WKB of each area, so that equal places compare equal.
        relation: a key of `RELATIONS`, or `disjoint`.
    """

    areas: tuple[bytes, ...]
    relation: str


def read_area(parameter: str, wkt: str) -> bytes | ParameterFault:
    """The WKB of an area written as WKT; a fault when it is not a valid geometry in degrees."""
    try:
        area = shapely.from_wkt(wkt)
    except (GEOSException, NotImplementedError) as error:  # the second for curves
        return ParameterFault(parameter, f"must be WKT ({str(error).splitlines()[0]})", wkt[:80])
    if shapely.is_empty(area):
        return ParameterFault(parameter, "must not be empty", wkt[:80])
    if not shapely.is_valid(area):
        reason = shapely.is_valid_reason(area)
        return ParameterFault(parameter, f"must be a valid geometry ({reason})", wkt[:80])
    west, south, east, north = shapely.bounds(area).tolist()
    if west < -180 or east > 180 or south < -90 or north > 90:
        return ParameterFault(parameter, "must be in degrees, WGS 84, longitude before latitude", wkt[:80])
    return bytes(shapely.to_wkb(area))


def make_point(longitude: float, latitude: float) -> bytes:
    """The WKB of a point."""
    return bytes(shapely.to_wkb(Point(longitude, latitude)))


def find_bounds(area: bytes) -> tuple[float, float, float, float]:
    """West, south, east and north of an area."""
    west, south, east, north = shapely.bounds(shapely.from_wkb(area)).tolist()
    return west, south, east, north


def lie(relation: str, area: bytes, shapes: list[bytes]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether each shape (WKB) lies to the area in that relation."""
    place = shapely.from_wkb(area)
    shapely.prepare(place)
    geometries = shapely.from_wkb(np.array(shapes, dtype=object))
    try:
        return np.asarray(RELATIONS[relation](place, geometries))
    except GEOSException:
        # An invalid shape can make a test of exact topology give up; a repaired one cannot.
        return np.asarray(RELATIONS[relation](place, shapely.make_valid(geometries)))
