"""Geometry as well-known text, the way the existing platform's CSV files hold it."""

from typing import Final

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

COLUMN: Final = "WKT"
"""Name of the column of geometry, the first of a table."""

DIGITS: Final = 10
"""Significant digits of a coordinate: 0.1 mm in metres of the National Grid, 1 mm or better in degrees."""

FIRST_CURVE, LAST_CURVE = 8, 12
"""Codes of CIRCULARSTRING … MULTISURFACE. Source: OGC 06-103r4, table 7."""


def holds_curves(wkb: pl.Series) -> bool:
    """Whether any geometry is made of arcs.

    Args:
        wkb: Binary, ISO or extended well-known binary.
    """
    types = np.array([int.from_bytes(one[1:5], "little" if one[0] else "big") for one in wkb.drop_nulls()], np.uint32)
    kinds = (types & 0x0FFF_FFFF) % 1000
    return bool(((kinds >= FIRST_CURVE) & (kinds <= LAST_CURVE)).any())


def read(wkb: pl.Series) -> NDArray[np.object_]:
    """The geometries, in two dimensions; what cannot be read is None.

    Args:
        wkb: Binary, well-known binary without curves.
    """
    geometries = np.asarray(shapely.from_wkb(wkb.to_numpy(), on_invalid="fix"))
    return np.asarray(shapely.force_2d(geometries)) if shapely.has_z(geometries).any() else geometries


def write(geometries: NDArray[np.object_]) -> pl.Series:
    """Well-known text of each geometry, coordinates as given.

    Polygons become `MULTIPOLYGON`, as does a collection of nothing but polygons; everything else stays what it is.
    Coordinates have `DIGITS` significant digits, and there is no space after a comma. None stays null.
    """
    rounded = shapely.transform(_promote(geometries), _round)
    return pl.Series(shapely.to_wkt(rounded, rounding_precision=-1), dtype=pl.String).str.replace_all(", ", ",")


def _promote(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    promoted = geometries.copy()
    kinds = shapely.get_type_id(geometries)
    polygons = np.flatnonzero(kinds == shapely.GeometryType.POLYGON)
    promoted[polygons] = shapely.multipolygons(geometries[polygons], indices=np.arange(len(polygons)))
    for index in np.flatnonzero(kinds == shapely.GeometryType.GEOMETRYCOLLECTION):
        parts = shapely.get_parts(shapely.get_parts(geometries[index]))
        if len(parts) and (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON).all():
            promoted[index] = shapely.multipolygons(parts)
    return promoted


def _round(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """The coordinates at `DIGITS` significant digits, each the number nearest to its decimal."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = DIGITS - 1 - np.floor(np.log10(np.abs(coordinates)))
    scale = 10.0 ** np.clip(np.nan_to_num(places, posinf=0, neginf=0), 0, 22)
    return np.asarray(np.round(coordinates * scale) / scale)
