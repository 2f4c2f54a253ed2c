"""Vertices that make no difference of 10 cm left out of a shape, without spoiling it.

Source: Douglas, D. H. and Peucker, T. K. (1973), in the form of GEOS's topology preserving simplifier, which gives way
where lines would touch or a ring would collapse.
"""

import numpy as np
import shapely

from headrace.values.multipolygons import LEAST_VERTICES, Geometries, Mask, Multipolygons
from headrace.values.precision import GRID


def simplify(shapes: Multipolygons) -> tuple[Multipolygons, Mask]:
    """The shapes simplified within `GRID` degrees, and for each whether it is valid.

    A valid shape stays valid: where simplifying would spoil it, it is kept as it was. The first vertex of a ring always
    stays. Rings are simplified as lines, because a GEOS of 3.12 or later may leave out the first vertex of a polygon's
    ring and the existing platform's does not.

    Giving way costs ten times as much as simplifying, so a shape of one ring is first simplified without. If it is
    valid before and after then there was nothing to give way to.
    """
    lines = shapes.lines()
    careful = shapes.ring_counts != 1
    simplified = np.empty_like(lines)
    simplified[~careful] = shapely.simplify(lines[~careful], GRID, preserve_topology=False)
    careful[~careful] = _nearly_collapsed(simplified[~careful])
    simplified[careful] = _simplify_carefully(lines[careful])
    valid = _are_valid(shapes, simplified)
    changed = shapely.get_num_coordinates(simplified) != shapely.get_num_coordinates(lines)
    valid_before = valid.copy()
    check = changed & ~(careful & valid)
    valid_before[check] = shapely.is_valid(shapes.select(check).geometries())
    again = check & ~careful & ~(valid & valid_before)
    simplified[again] = _simplify_carefully(lines[again])
    valid[again] = _are_valid(shapes.select(again), simplified[again])
    spoilt = valid_before & ~valid
    simplified[spoilt] = lines[spoilt]
    return shapes.with_lines(simplified), valid | spoilt


def _nearly_collapsed(rings: Geometries) -> Mask:
    """For each simplified ring, whether one straight line leads from its first vertex to the farthest one, or back.

    There the careful simplifier keeps one more vertex: it splits a ring at the farthest vertex, and does not make a
    straight line of a half before it has enough vertices for a ring.
    """
    if not len(rings):
        return np.zeros(0, np.bool_)
    vertices = shapely.get_coordinates(rings)
    sizes = shapely.get_num_coordinates(rings)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    distances = np.hypot(*(vertices - np.repeat(vertices[starts], sizes, axis=0)).T)
    beside_first = np.maximum(distances[starts + 1], distances[ends - 2])
    farthest = np.maximum.reduceat(distances, starts)
    return np.asarray((sizes < LEAST_VERTICES) | (beside_first >= farthest * (1 - 1e-9)))


def _simplify_carefully(lines: Geometries) -> Geometries:
    return np.asarray(shapely.simplify(lines, GRID, preserve_topology=True))


def _are_valid(shapes: Multipolygons, lines: Geometries) -> Mask:
    return np.asarray(shapely.is_valid(shapes.with_lines(lines).geometries()), np.bool_)
