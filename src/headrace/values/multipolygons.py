"""Many multipolygons as arrays, so that all their vertices can be worked on at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LinearRing, Polygon

Vertices: TypeAlias = NDArray[np.float64]
Offsets: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Geometries: TypeAlias = NDArray[np.object_]

LEAST_VERTICES = 4
"""Of a ring: three corners and the first one again."""


@dataclass(frozen=True, slots=True)
class Multipolygons:
    """Shapes, each of polygons, each of rings (the shell first, then holes), each of vertices.

    Attributes:
        vertices: (n, 2) x and y; every ring is closed and has at least `LEAST_VERTICES`.
        rings: where each ring begins in `vertices`, and at last where the last one ends.
        polygons: likewise, in `rings`; no polygon is without a ring.
        shapes: likewise, in `polygons`; no shape is without a polygon.
    """

    vertices: Vertices
    rings: Offsets
    polygons: Offsets
    shapes: Offsets

    def __len__(self) -> int:
        return len(self.shapes) - 1

    @property
    def ring_counts(self) -> Offsets:
        """How many rings each shape has."""
        return np.diff(self.polygons[self.shapes])

    @property
    def starts(self) -> Offsets:
        """Where each shape begins in `vertices`, and at last where the last one ends."""
        return self.rings[self.polygons[self.shapes]]

    def with_vertices(self, vertices: Vertices) -> "Multipolygons":
        """The same shapes with other places for the same vertices."""
        return replace(self, vertices=vertices)

    def with_lines(self, lines: Geometries) -> "Multipolygons":
        """The same shapes with other rings, given as `lines()` gives them."""
        if not len(lines):
            return self
        _, vertices, offsets = shapely.to_ragged_array(lines, include_z=False)
        return replace(self, vertices=vertices, rings=offsets[0])

    def lines(self) -> Geometries:
        """The rings of each shape as a MultiLineString."""
        offsets = (self.rings, self.polygons[self.shapes])
        return np.asarray(shapely.from_ragged_array(shapely.GeometryType.MULTILINESTRING, self.vertices, offsets))

    def geometries(self) -> Geometries:
        """Each shape as a MultiPolygon."""
        offsets = (self.rings, self.polygons, self.shapes)
        return np.asarray(shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, self.vertices, offsets))

    def select(self, chosen: Mask) -> "Multipolygons":
        """The shapes for which `chosen` is true."""
        if chosen.all():
            return self
        polygons = np.repeat(chosen, np.diff(self.shapes))
        rings = np.repeat(polygons, np.diff(self.polygons))
        return Multipolygons(
            self.vertices[np.repeat(rings, np.diff(self.rings))],
            _offsets(np.diff(self.rings)[rings]),
            _offsets(np.diff(self.polygons)[polygons]),
            _offsets(np.diff(self.shapes)[chosen]),
        )

    def extend(self, others: "Multipolygons") -> "Multipolygons":
        """These shapes, then the others."""
        return Multipolygons(
            np.concatenate([self.vertices, others.vertices]),
            np.concatenate([self.rings, others.rings[1:] + self.rings[-1]]),
            np.concatenate([self.polygons, others.polygons[1:] + self.polygons[-1]]),
            np.concatenate([self.shapes, others.shapes[1:] + self.shapes[-1]]),
        )

    def oriented(self) -> "Multipolygons":
        """The same shapes with shells counter-clockwise and holes clockwise, each ring from the same first vertex."""
        starts = self.rings[:-1]
        sizes = np.diff(self.rings)
        x, y = (self.vertices - np.repeat(self.vertices[starts], sizes, axis=0)).T
        twice_area = np.zeros(len(starts))
        if len(starts):
            cross = np.zeros(len(x))
            cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
            cross[self.rings[1:] - 1] = 0
            twice_area = np.add.reduceat(cross, starts)
        is_shell = np.zeros(len(starts), np.bool_)
        is_shell[self.polygons[:-1]] = True
        wrong = np.where(is_shell, twice_area < 0, twice_area > 0)
        order = np.arange(len(x))
        turned = np.repeat(wrong, sizes)
        mirrored = np.repeat(starts + self.rings[1:] - 1, sizes) - order
        return self.with_vertices(self.vertices[np.where(turned, mirrored, order)])


def from_polygons(shapes: Sequence[Sequence[Polygon]]) -> Multipolygons:
    """Shapes from their polygons, of which none is empty; a ring of too few vertices repeats its last one."""
    polygons = [polygon for shape in shapes for polygon in shape]
    rings = [[_ring(ring) for ring in (one.exterior, *one.interiors) if not ring.is_empty] for one in polygons]
    every = [ring for polygon in rings for ring in polygon]
    return Multipolygons(
        np.concatenate([np.empty((0, 2)), *every]),
        _offsets([len(ring) for ring in every]),
        _offsets([len(polygon) for polygon in rings]),
        _offsets([len(shape) for shape in shapes]),
    )


def _ring(ring: LinearRing) -> Vertices:
    vertices = np.asarray(shapely.get_coordinates(ring))
    return np.pad(vertices, ((0, max(0, LEAST_VERTICES - len(vertices))), (0, 0)), mode="edge")


def _offsets(sizes: Sequence[int] | Offsets) -> Offsets:
    return np.concatenate([[0], np.cumsum(np.asarray(sizes, np.int64))])
