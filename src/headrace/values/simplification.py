"""Vertices that make no difference of 10 cm left out of a shape, without spoiling it.

Source: Douglas, D. H. and Peucker, T. K. (1973), in the form of GEOS's topology preserving simplifier, which gives up
where lines would touch.
"""

import numpy as np
import shapely

from headrace.values.multipolygons import Geometries, Mask, Multipolygons
from headrace.values.precision import GRID


def simplify(shapes: Multipolygons) -> tuple[Multipolygons, Mask]:
    """The shapes simplified within `GRID` degrees, and for each whether it is valid.

    A valid shape stays valid: where simplifying would spoil it, it is kept as it was. The first vertex of a ring always
    stays. Rings are simplified as lines, because a GEOS of 3.12 or later may leave out the first vertex of a polygon's
    ring and the existing platform's does not.

    Looking out for other lines costs ten times as much as simplifying, so a shape of one ring is first simplified
    without; if the outcome is valid then there was nothing to look out for.
    """
    lines = shapes.lines()
    alone = shapes.ring_counts == 1
    simplified = np.empty_like(lines)
    simplified[alone] = shapely.simplify(lines[alone], GRID, preserve_topology=False)
    collapsed = alone & (shapely.get_num_coordinates(simplified) < 4)
    careful = ~alone | collapsed
    simplified[careful] = _simplify_carefully(lines[careful])
    spoilt = ~_are_valid(shapes, simplified)
    again = spoilt & ~careful
    simplified[again] = _simplify_carefully(lines[again])
    spoilt[again] = ~_are_valid(shapes.select(again), simplified[again])
    sound_before = spoilt.copy()
    sound_before[spoilt] = shapely.is_valid(shapes.select(spoilt).geometries())
    simplified[sound_before] = lines[sound_before]
    return shapes.with_lines(simplified), ~spoilt | sound_before


def _simplify_carefully(lines: Geometries) -> Geometries:
    return np.asarray(shapely.simplify(lines, GRID, preserve_topology=True))


def _are_valid(shapes: Multipolygons, lines: Geometries) -> Mask:
    return np.asarray(shapely.is_valid(shapes.with_lines(lines).geometries()), np.bool_)
