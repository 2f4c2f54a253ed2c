"""Shapes that break the rules of polygons, put right as far as possible.

Source: OGC 06-103r4, clause 6.1.11 (what a valid polygon is); the steps are those of the existing platform.
"""

from collections.abc import Iterator, Sequence
from typing import cast

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.lib import GEOSException

from headrace.values.parsed import Problem
from headrace.values.precision import GRID


def repair(shape: MultiPolygon) -> tuple[MultiPolygon | None, Problem | None]:
    """An invalid shape made valid, and what was wrong with it.

    Lines that cross are cut where they cross; what is left of lines and points is dropped. None where nothing is left:
    the shape was a line or a point at this precision.
    """
    exact = shapely.set_precision(shape, GRID, mode="pointwise")
    reason = str(shapely.is_valid_reason(exact))
    try:
        repaired = unite_overlaps(shapely.make_valid(exact))
    except GEOSException:  # a shell that is a point, with a hole: "Overlay input is mixed-dimension"
        repaired = None
    if repaired is None or not repaired.is_valid:
        return repaired, Problem("invalid geometry - not fixable", reason, "Geometry must be correctly formatted")
    return repaired, Problem("invalid geometry - fixed", reason)


def unite_overlaps(geometry: BaseGeometry) -> MultiPolygon | None:
    """The polygons in a geometry as one shape, united where they overlap; None where there are none."""
    polygons = list(polygons_in(geometry))
    if polygons and not (whole := _join(polygons)).is_valid:
        polygons = list(polygons_in(whole.buffer(0)))
    return _join(polygons) if polygons else None


def _join(polygons: Sequence[Polygon]) -> MultiPolygon:
    return cast(MultiPolygon, shapely.multipolygons(shapely.orient_polygons(polygons)))


def polygons_in(geometry: BaseGeometry) -> Iterator[Polygon]:
    """The polygons in a geometry, in order, however deep in collections; nothing of lines, points and empty parts."""
    if geometry.geom_type == "Polygon":
        if not geometry.is_empty:
            yield geometry
    elif geometry.geom_type in {"MultiPolygon", "GeometryCollection"}:
        for part in geometry.geoms:
            yield from polygons_in(part)
