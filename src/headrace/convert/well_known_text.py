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

POWERS: Final = 10.0 ** np.arange(23)
"""Of ten, as far as they are exact in binary."""

AT_ONCE: Final = 1000
"""Geometries written at once: few enough to stay in the processor's cache, which takes a third less time than all."""

FIRST_CURVE, LAST_CURVE = 8, 12
"""Codes of CIRCULARSTRING … MULTISURFACE. Source: OGC 06-103r4, table 7."""


def holds_curves(wkb: pl.Series) -> bool:
    """Whether any geometry is made of arcs.

    Args:
        wkb: Binary, ISO or extended well-known binary.
    """
    beginnings = wkb.bin.slice(0, 5).drop_nulls().unique()
    types = (int.from_bytes(one[1:], "little" if one[0] else "big") for one in beginnings)
    return any(FIRST_CURVE <= (each & 0x0FFF_FFFF) % 1000 <= LAST_CURVE for each in types)


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
    starts = range(0, max(len(geometries), 1), AT_ONCE)
    return pl.concat((_write(geometries[start : start + AT_ONCE]) for start in starts), rechunk=True)


def _write(geometries: NDArray[np.object_]) -> pl.Series:
    rounded = _rounded(_promote(geometries))
    texts = pl.Series(shapely.to_wkt(rounded, rounding_precision=-1).tolist(), dtype=pl.String)
    texts = texts.str.replace_all(", ", ",", literal=True)
    # Polygons are promoted as text: making other geometries of them takes as long as reading them did.
    polygons = texts.str.starts_with("POLYGON ((")
    promoted = pl.select(pl.format("MULTIPOLYGON ({})", texts.str.slice(len("POLYGON ")))).to_series()
    return promoted.zip_with(polygons, texts)


def _promote(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """The geometries, but for collections of nothing but polygons, and polygons of nothing, which are promoted."""
    promoted = geometries.copy()
    kinds = shapely.get_type_id(geometries)
    for index in np.flatnonzero((kinds == shapely.GeometryType.POLYGON) & shapely.is_empty(geometries)):
        promoted[index] = shapely.multipolygons([geometries[index]])
    for index in np.flatnonzero(kinds == shapely.GeometryType.GEOMETRYCOLLECTION):
        parts = shapely.get_parts(shapely.get_parts(geometries[index]))
        if len(parts) and (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON).all():
            promoted[index] = shapely.multipolygons(parts)
    return promoted


def _rounded(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """The geometries with coordinates of `DIGITS` significant digits, each the number nearest to its decimal."""
    given = shapely.get_coordinates(geometries)
    rounded = np.empty_like(given)
    for axis in range(2):
        rounded[:, axis] = _round(given[:, axis])
    if np.array_equal(given, rounded, equal_nan=True):
        return geometries
    return np.asarray(shapely.set_coordinates(geometries.copy(), rounded))


def _round(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    sizes = np.abs(numbers)
    # The coordinates of most layers lie between two powers of ten: then one number of places is right for all.
    places = _places(np.array([sizes.min(initial=np.inf), sizes.max(initial=0)]))
    places = places[:1] if places[0] == places[1] else _places(sizes)
    scale = POWERS[np.nan_to_num(places, posinf=0, neginf=0).clip(0, len(POWERS) - 1).astype(np.intp)]
    return np.asarray(np.round(numbers * scale) / scale)


def _places(sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Decimal places that make `DIGITS` significant digits; not finite where there is no such number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return DIGITS - 1 - np.floor(np.log10(sizes))
