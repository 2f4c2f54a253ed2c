"""In which coordinates the features of a layer are: what the file says, and what the coordinates themselves say."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from headrace.convert.choices import CONFIGURED, Choices
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

WKT_NAME: Final = re.compile(r'\w+\["([^"]*)"')

EXCHANGED: Final = ("latitude first", "northing first")
IN_ORDER: Final = ("longitude first", "easting first")


@dataclass(frozen=True, slots=True)
class System:
    """A reference system that is told by where Great Britain lies in it.

    Attributes:
        code: of EPSG.
        aliases: other codes for coordinates that are read alike.
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
        frozenset({"OGC:CRS84", "EPSG:4258", "EPSG:4979", "WGS 84"}),
        (-9.5, 49.0, 3.0, 61.5),
        IN_ORDER[0],
        "lie in Great Britain as degrees",
    ),
    System(
        "EPSG:4326",
        frozenset({"EPSG:4258", "EPSG:4979"}),
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


def decide_system(named: str | None, geometries: NDArray[np.object_], choices: Choices) -> tuple[Decision, ...]:
    """The reference system of a layer, and which coordinate comes first.

    A system that is only implied (no `.prj`, GeoJSON without one) and one that the coordinates contradict are told by
    the coordinates. Nothing is transformed: entries become facts by the same evidence.

    Args:
        named: what the file says, as a code of EPSG or as well-known text; None where it says nothing.
        geometries: of the layer, missing ones included.
        choices: what configuration says of `crs` (the code of one of `SYSTEMS`) and `axis-order`.

    Raises:
        ConversionError: a choice is none of those that are known.
    """
    fit = _fit(geometries)
    if (chosen := choices.get("crs")) is not None:
        codes = sorted({system.code for system in SYSTEMS})
        if chosen not in codes:
            raise ConversionError(f"The configuration chooses the CRS {chosen!r}; choose one of {', '.join(codes)}.")
        decision = Decision("crs", chosen, CONFIGURED)
    elif not shapely.get_num_coordinates(geometries).any():
        return ()
    else:
        decision = _decide(named, fit)
    if (order := choices.get("axis-order")) is not None:
        if order not in (*EXCHANGED, *IN_ORDER):
            known = ", ".join((*IN_ORDER, *EXCHANGED))
            raise ConversionError(f"The configuration chooses the axis order {order!r}; choose one of {known}.")
        return decision, Decision("axis-order", order, CONFIGURED)
    if fit is None or fit.code != "EPSG:4326":
        return (decision,)
    return decision, Decision("axis-order", fit.order, f"the coordinates {fit.described}")


def in_order(geometries: NDArray[np.object_], choices: Choices) -> NDArray[np.object_]:
    """The geometries with their coordinates exchanged, where configuration says that they stand the other way round."""
    if choices.get("axis-order") not in EXCHANGED:
        return geometries
    return np.asarray(shapely.transform(geometries, lambda places: places[:, ::-1]))


def _fit(geometries: NDArray[np.object_]) -> System | None:
    """The system in which the middle one of the features lies in Great Britain."""
    bounds = shapely.bounds(geometries)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return None
    x, y = np.median(bounds[:, 0]), np.median(bounds[:, 1])
    for system in SYSTEMS:
        west, south, east, north = system.box
        if west <= x <= east and south <= y <= north:
            return system
    return None


def _decide(named: str | None, fit: System | None) -> Decision:
    if named is None:
        if fit is None:
            return Decision("crs", "unknown", "the file names none, and its coordinates fit none", "doubtful")
        return Decision("crs", fit.code, f"the file names none, and its coordinates {fit.described}", "likely")
    match = WKT_NAME.match(named)
    name = match[1] if match else named
    if fit is None:
        reason = "the file names it, but its coordinates do not lie in Great Britain in any that is understood"
        return Decision("crs", name, reason, "doubtful")
    if name == fit.code or name in fit.aliases:
        return Decision("crs", fit.code, "the file names it, and its coordinates fit")
    known = {each for system in SYSTEMS for each in (system.code, *system.aliases)}
    reason = f"the file names {name!r}, but its coordinates {fit.described}"
    return Decision("crs", fit.code, reason, "doubtful" if name in known else "likely")
