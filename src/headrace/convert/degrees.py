"""The way from any reference system that EPSG or a file describes to longitude and latitude.

What is on the datum of Ordnance Survey goes through the National Grid and OSTN15, as National Grid does; all else goes
through PROJ, by the operation that EPSG records as the most accurate in and around Great Britain. Nothing is fetched:
where PROJ would want a grid of shifts that does not come with it, the next best operation is taken, and its accuracy
told.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from headrace.values import national_grid
from headrace.values.multipolygons import Vertices

if TYPE_CHECKING:
    from pyproj import CRS

DEGREES: Final = "EPSG:4326"
GRID: Final = "EPSG:27700"

AREA: Final = (-9.5, 49.0, 3.0, 61.5)
"""Of Great Britain and Northern Ireland: west, south, east, north, in degrees."""

OSGB36: Final = "Ordnance Survey of Great Britain 1936"
"""What EPSG calls the datum of Ordnance Survey; names in the style of ESRI are translated to it by PROJ."""

SURE_ENOUGH: Final = 70
"""From 0 to 100: how alike a description without a code and the one that EPSG keeps must be. Source: PROJ's default."""

AXES: Final = "axis order change (2D)"
"""What PROJ says of exchanging latitude and longitude, which is no news to a reader."""


@dataclass(frozen=True, slots=True)
class Way:
    """How coordinates in one reference system become longitude and latitude of WGS84.

    Attributes:
        system: its code, for example `EPSG:3035`, or its name where EPSG has none.
        operation: what is done, in the words of EPSG.
        accuracy_m: how far off the result may be, in metres.
        to_degrees: (n, 2) longitudes and latitudes of (n, 2) coordinates, east or longitude first; not finite where
            there is no answer.
    """

    system: str
    operation: str
    accuracy_m: float
    to_degrees: Callable[[Vertices], Vertices]


@lru_cache(maxsize=64)
def find_way(described: str) -> Way | None:
    """The way from a reference system to degrees.

    Args:
        described: a code such as `EPSG:3035`, well-known text, or PROJ's JSON.

    Returns:
        None where the description is not understood, is of no system of places on the ground, or no operation with a
        known accuracy leads from it to WGS84.
    """
    # Loaded here because few files need it: it takes longer than reading a small one.
    from pyproj import CRS, network
    from pyproj.exceptions import ProjError

    network.set_network_enabled(False)
    try:
        system = CRS.from_user_input(described)
        if not (system.is_geographic or system.is_projected):
            return None
        return _by_grid(system) if _is_osgb36(system) else _by_proj(system)
    except ProjError:
        return None


def _is_osgb36(system: "CRS") -> bool:
    geodetic = system.geodetic_crs
    return geodetic is not None and geodetic.datum is not None and geodetic.datum.name == OSGB36


def _by_grid(system: "CRS") -> Way | None:
    """Through the National Grid, which is on the same datum, and OSTN15."""
    from pyproj import Transformer

    to_grid = Transformer.from_crs(system.to_2d(), GRID, always_xy=True, allow_ballpark=False)

    def to_degrees(places: Vertices) -> Vertices:
        return national_grid.to_degrees(_transformed(to_grid.transform, places))

    return Way(_called(system), "National Grid and OSTN15", 0.1, to_degrees)


def _by_proj(system: "CRS") -> Way | None:
    from pyproj.aoi import AreaOfInterest
    from pyproj.transformer import TransformerGroup

    with warnings.catch_warnings(action="ignore"):  # That a better operation wants a grid which is not there.
        area = AreaOfInterest(*AREA)
        group = TransformerGroup(
            system,
            DEGREES,
            always_xy=True,
            area_of_interest=area,  # type: ignore[arg-type] # PROJ's binding describes this class twice
            allow_ballpark=False,
        )
    best = next((each for each in group.transformers if each.accuracy >= 0), None)
    if best is None:
        return None
    steps = [step for step in best.description.split(" + ") if step != AXES]
    return Way(_called(system), " and ".join(steps), best.accuracy, lambda places: _transformed(best.transform, places))


def _called(system: "CRS") -> str:
    code = system.to_epsg(min_confidence=SURE_ENOUGH)
    return f"EPSG:{code}" if code else system.name


def _transformed(transform: Callable[..., tuple[Vertices, Vertices]], places: Vertices) -> Vertices:
    return np.column_stack(transform(places[:, 0], places[:, 1]))
