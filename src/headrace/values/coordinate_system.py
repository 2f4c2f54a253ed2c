"""Which coordinate system a publisher used, judged by the first place given, and the way from there to degrees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headrace.values import national_grid
from headrace.values.multipolygons import Mask, Offsets, Vertices
from headrace.values.parsed import Problem
from headrace.values.transverse_mercator import Numbers

_DEGREES_BELOW: Final = 60.0
_METRES: Final = (1_000.0, 1_000_000.0)
_MERCATOR_METRES: Final = (6_000_000.0, 10_000_000.0)
_MERCATOR_RADIUS_M: Final = 6_378_137.0

_NOT_IN_ENGLAND: Final = "Geometry must be in England"


NO_SYSTEM: Final = Problem("invalid coordinates", None, "Geometry must use WGS84, OSGB or Mercator coordinates")
"""Also said of a geometry without any coordinates."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to understand pairs of coordinates.

    Attributes:
        problem: what is said about it; None for longitude and latitude in England.
        to_degrees: (n, 2) longitude and latitude of (n, 2) coordinates as given; None where there is no way.
    """

    problem: Problem | None
    to_degrees: Callable[[Vertices], Vertices] | None = None


def _mercator_to_degrees(places: Vertices) -> Vertices:
    """Source: EPSG:3857, the sphere of web maps."""
    east, north = places[:, 0] / _MERCATOR_RADIUS_M, places[:, 1] / _MERCATOR_RADIUS_M
    return np.asarray(np.degrees(np.column_stack([east, np.arctan(np.sinh(np.clip(north, -20, 20)))])))


def _flipped(places: Vertices) -> Vertices:
    return places[:, ::-1]


READINGS: Final = (
    Reading(None, lambda places: places),
    Reading(Problem("WGS84 flipped"), _flipped),
    Reading(Problem("WGS84 out of bounds of England", None, _NOT_IN_ENGLAND)),
    Reading(Problem("OSGB"), national_grid.to_degrees),
    Reading(Problem("OSGB flipped"), lambda places: national_grid.to_degrees(_flipped(places))),
    Reading(Problem("OSGB out of bounds of England", None, _NOT_IN_ENGLAND)),
    Reading(Problem("Mercator"), _mercator_to_degrees),
    Reading(Problem("Mercator flipped"), lambda places: _mercator_to_degrees(_flipped(places))),
    Reading(NO_SYSTEM),
)
"""Every way to understand coordinates, by the number that `guess_readings` gives."""

(
    WGS84,
    WGS84_FLIPPED,
    WGS84_ELSEWHERE,
    OSGB,
    OSGB_FLIPPED,
    OSGB_ELSEWHERE,
    MERCATOR,
    MERCATOR_FLIPPED,
    UNKNOWN,
) = range(len(READINGS))

PLACES: Final = np.array([reading.to_degrees is not None for reading in READINGS])
"""For the number of a reading, whether it gives degrees."""


def guess_readings(first: Vertices) -> NDArray[np.uint8]:
    """For each (x, y) that something begins with, the number of the reading that puts it in England.

    Small numbers are degrees, numbers up to a million are metres of the National Grid, larger ones metres of web
    Mercator; where that is not in England, the same with x and y exchanged.
    """
    x, y = first[:, 0], first[:, 1]
    in_degrees = (np.abs(x) < _DEGREES_BELOW) & (np.abs(y) < _DEGREES_BELOW)
    in_metres = _between(x, _METRES) & _between(y, _METRES)
    conditions = (
        in_degrees & in_england(first),
        in_degrees & in_england(_flipped(first)),
        in_degrees,
        _leads_to_england(OSGB, first, in_metres),
        _leads_to_england(OSGB_FLIPPED, first, in_metres),
        in_metres,
        _leads_to_england(MERCATOR, first, _between(y, _MERCATOR_METRES)),
        _leads_to_england(MERCATOR_FLIPPED, first, _between(x, _MERCATOR_METRES)),
    )
    return np.select(conditions, [np.uint8(code) for code in range(UNKNOWN)], np.uint8(UNKNOWN))


def in_england(degrees: Vertices) -> Mask:
    """For each (longitude, latitude), whether it is in the area that is taken for England, borders included.

    A rectangle without its north-western corner: north of 53.4° N it begins at 4° W instead of 7° W.
    """
    longitude, latitude = degrees[:, 0], degrees[:, 1]
    west = np.where(latitude <= 53.4, -7.0, -4.0)
    return np.asarray((longitude >= west) & (longitude <= 2.95) & (latitude >= 49.5) & (latitude <= 56))


def _between(values: Numbers, bounds: tuple[float, float]) -> Mask:
    return np.asarray((values > bounds[0]) & (values < bounds[1]))


def _leads_to_england(reading: int, first: Vertices, likely: Mask) -> Mask:
    to_degrees = READINGS[reading].to_degrees
    found = likely.copy()
    if to_degrees and likely.any():
        found[likely] = in_england(to_degrees(first[likely]))
    return found


def locate(vertices: Vertices, starts: Offsets) -> tuple[Vertices, NDArray[np.uint8]]:
    """Everything in degrees, each thing by the reading of its first vertex.

    Args:
        vertices: (n, 2) coordinates as given.
        starts: where the vertices of each thing begin, and at last where the last ones end; nothing is without any.

    Returns:
        (n, 2) longitudes and latitudes, and for each thing the number of its reading. A thing that begins in England
        but has a vertex for which the reading has no degrees gets a reading that places nothing.
    """
    readings = guess_readings(vertices[starts[:-1]])
    degrees = np.full(vertices.shape, np.nan)
    reading_of_vertex = np.repeat(readings, np.diff(starts))
    for code in np.flatnonzero(np.bincount(readings)):
        to_degrees, chosen = READINGS[code].to_degrees, reading_of_vertex == code
        if to_degrees:
            degrees[chosen] = to_degrees(vertices[chosen])
    lost = PLACES[readings] & ~np.logical_and.reduceat(np.isfinite(degrees).all(axis=1), starts[:-1])
    on_grid = (readings == OSGB) | (readings == OSGB_FLIPPED)
    readings[lost] = np.where(on_grid[lost], OSGB_ELSEWHERE, UNKNOWN)
    return degrees, readings
