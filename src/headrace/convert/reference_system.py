"""In which coordinates the features of a layer are: what the file says, and what the coordinates themselves say."""

import re
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from headrace.convert.choices import CONFIGURED, Choices
from headrace.convert.degrees import AREA, DEGREES, Way, find_way
from headrace.model.cells import Confidence, Decision
from headrace.model.error import ConversionError
from headrace.values.multipolygons import Vertices

WKT_NAME: Final = re.compile(r'\w+\["([^"]*)"')
JSON_NAME: Final = re.compile(r'^\{.*?"name": "([^"]*)"')

EXCHANGED: Final = ("latitude first", "northing first")
IN_ORDER: Final = ("longitude first", "easting first")


@dataclass(frozen=True, slots=True)
class System:
    """A reference system that is told by where Great Britain lies in it.

    Attributes:
        code: of EPSG.
        aliases: other codes for coordinates that are read alike: with heights, or within a metre of it.
        box: west, south, east, north.
        order: which coordinate comes first.
        described: where coordinates in it lie.
    """

    code: str
    aliases: frozenset[str]
    box: tuple[float, float, float, float]
    order: str
    described: str


SYSTEMS: Final = (
    System(
        "EPSG:4326",
        frozenset({"OGC:CRS84", "OGC:CRS84h", "EPSG:4258", "EPSG:4937", "EPSG:4979", "WGS 84"}),
        AREA,
        IN_ORDER[0],
        "lie in Great Britain as degrees",
    ),
    System(
        "EPSG:4326",
        frozenset({"EPSG:4258", "EPSG:4937", "EPSG:4979"}),
        (49.0, -9.5, 61.5, 3.0),
        EXCHANGED[0],
        "lie in Great Britain as degrees with latitude first",
    ),
    System(
        "EPSG:27700",
        frozenset({"EPSG:7405"}),
        (1_000.0, 1_000.0, 700_000.0, 1_300_000.0),
        IN_ORDER[1],
        "are metres within the National Grid",
    ),
    System(
        "EPSG:3857",
        frozenset({"EPSG:900913", "EPSG:102100", "EPSG:3785"}),
        (-1_100_000.0, 6_200_000.0, 350_000.0, 8_900_000.0),
        IN_ORDER[1],
        "lie in Great Britain as metres of web maps",
    ),
)
"""Those that are understood when entries become facts."""

KNOWN: Final = frozenset(each for system in SYSTEMS for each in (system.code, *system.aliases))

ACCURATE_M: Final = 5.0
"""How far off a transformation may be for its result to be relied on: the width of a road."""


@dataclass(frozen=True, slots=True)
class Placement:
    """How the coordinates of a layer are read.

    Attributes:
        decisions: about its reference system, the order of its coordinates, and what is done to them.
        exchanged: whether they stand the other way round.
        way: from them to degrees; None where they are left as they are.
    """

    decisions: tuple[Decision, ...] = ()
    exchanged: bool = False
    way: Way | None = None

    def place(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        """The geometries put in order and, where that is the decision, in degrees.

        One of which a vertex has no place in degrees stays as it was given, for later phases to refuse.
        """
        if self.exchanged:
            geometries = np.asarray(shapely.transform(geometries, _turned))
        if self.way is None:
            return geometries
        given, owners = shapely.get_coordinates(geometries, return_index=True)
        degrees = self.way.to_degrees(given)
        placed = shapely.set_coordinates(geometries.copy(), degrees)
        lost = np.unique(owners[~np.isfinite(degrees).all(axis=1)])
        placed[lost] = geometries[lost]
        return np.asarray(placed)


def decide_placement(named: str | None, geometries: NDArray[np.object_], choices: Choices) -> Placement:
    """The reference system of a layer, which coordinate comes first, and whether anything is transformed.

    A system that is only implied (no `.prj`, GeoJSON without one) and one that the coordinates contradict are told by
    the coordinates. Those in `SYSTEMS` are left as they are: entries become facts by the same evidence. Any other that
    the file names is transformed to degrees, if that puts the layer into Great Britain.

    Args:
        named: what the file says, as a code of EPSG, well-known text or PROJ's JSON; None where it says nothing.
        geometries: of the layer, missing ones included.
        choices: what configuration says of `crs` (a code of EPSG) and `axis-order`.

    Raises:
        ConversionError: a choice is none of those that are known.
    """
    order, chosen = _chosen_order(choices), choices.get("crs")
    middle = _middle(geometries)
    if middle is not None and order in EXCHANGED:
        middle = _turned(middle)
    way = _other_way(chosen or named)
    if chosen is not None and way is None and chosen not in _codes():
        raise ConversionError(
            f"The configuration chooses the CRS {chosen!r}; choose one of {', '.join(_codes())}, or another code of "
            "EPSG that leads to them, such as EPSG:25830."
        )
    exchanged = order in EXCHANGED
    told = (Decision("axis-order", order, CONFIGURED),) if order else ()
    if middle is None:
        return Placement((Decision("crs", chosen, CONFIGURED), *told) if chosen else (), exchanged)
    if way is not None and (placed := _by_way(way, middle, told, configured=chosen is not None)) is not None:
        return replace(placed, exchanged=exchanged or placed.exchanged)
    fit = _fit(middle)
    decision = Decision("crs", chosen, CONFIGURED) if chosen else _decide(named, way, fit)
    if not told and fit is not None and fit.code == "EPSG:4326":
        told = (Decision("axis-order", fit.order, f"the coordinates {fit.described}"),)
    return Placement((decision, *told), exchanged)


def _chosen_order(choices: Choices) -> str | None:
    order = choices.get("axis-order")
    if order is not None and order not in (*EXCHANGED, *IN_ORDER):
        known = ", ".join((*IN_ORDER, *EXCHANGED))
        raise ConversionError(f"The configuration chooses the axis order {order!r}; choose one of {known}.")
    return order


def _codes() -> list[str]:
    return sorted({system.code for system in SYSTEMS})


def _turned(places: Vertices) -> Vertices:
    return places[:, ::-1]


def _middle(geometries: NDArray[np.object_]) -> Vertices | None:
    """(1, 2): the place in the middle of all, so that an odd one does not decide."""
    bounds = shapely.bounds(geometries)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    return np.median(bounds[:, :2], axis=0, keepdims=True) if len(bounds) else None


def _fit(middle: Vertices) -> System | None:
    """The system in which a place lies in Great Britain."""
    return next((system for system in SYSTEMS if _is_within(system.box, middle)), None)


def _is_within(box: tuple[float, float, float, float], place: Vertices) -> bool:
    ((x, y),) = place
    west, south, east, north = box
    return bool(west <= x <= east and south <= y <= north)


def _other_way(described: str | None) -> Way | None:
    """The way to degrees from a system that is not among `SYSTEMS`."""
    if described is None or _name_of(described) in KNOWN:
        return None
    way = find_way(described)
    return None if way is None or way.system in KNOWN else way


def _by_way(way: Way, middle: Vertices, told: tuple[Decision, ...], *, configured: bool) -> Placement | None:
    """The layer in degrees; None where it would not be in Great Britain, unless configuration wants it so."""
    by = f"by way of {way.operation}, " + (f"to within {way.accuracy_m:g} m" if way.accuracy_m else "exactly")
    accurate: Confidence = "sure" if way.accuracy_m <= ACCURATE_M else "likely"
    if configured:
        crs = Decision("crs", way.system, CONFIGURED)
    elif way.system.startswith("EPSG:"):
        crs = Decision("crs", way.system, "the file names it, and its coordinates fit")
    else:
        crs = Decision("crs", way.system, "the file describes it, and its coordinates fit", "likely")
    if _is_within(AREA, way.to_degrees(middle)):
        return Placement((crs, *told, Decision("transformation", DEGREES, by, accurate)), way=way)
    if not told and _is_within(AREA, way.to_degrees(_turned(middle))):
        turned = EXCHANGED[1] if abs(middle).max() > 360 else EXCHANGED[0]
        order = Decision("axis-order", turned, "only so do the coordinates lie in Great Britain", "likely")
        return Placement((crs, order, Decision("transformation", DEGREES, by, accurate)), exchanged=True, way=way)
    if configured:
        outside = f"{by}; the places are not in Great Britain"
        return Placement((crs, *told, Decision("transformation", DEGREES, outside, "doubtful")), way=way)
    return None


def _name_of(described: str) -> str:
    """The name that a description begins with; a code is its own name."""
    match = WKT_NAME.match(described) or JSON_NAME.search(described)
    return match[1] if match else described


def _decide(named: str | None, way: Way | None, fit: System | None) -> Decision:
    if named is None:
        if fit is None:
            return Decision("crs", "unknown", "the file names none, and its coordinates fit none", "doubtful")
        return Decision("crs", fit.code, f"the file names none, and its coordinates {fit.described}", "likely")
    name = way.system if way is not None else _name_of(named)
    if fit is None:
        reason = "the file names it, but its coordinates do not lie in Great Britain in any that is understood"
        return Decision("crs", name, reason, "doubtful")
    if name == fit.code:
        return Decision("crs", fit.code, "the file names it, and its coordinates fit")
    if name in fit.aliases:
        return Decision("crs", fit.code, f"the file names {name}, whose coordinates are read alike, and they fit")
    reason = f"the file names {name!r}, but its coordinates {fit.described}"
    return Decision("crs", fit.code, reason, "doubtful" if name in KNOWN or way is not None else "likely")
