"""What is measured of a geometry, so that two versions of it can be compared."""

from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl
import shapely

Shapes: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]
"""Shapely geometries, None where there is none."""

MEASURES: Final = pl.Schema(
    {
        "x": pl.Float64(),
        "y": pl.Float64(),
        "area_m2": pl.Float64(),
        "vertices": pl.Int32(),
        "valid": pl.Boolean(),
        "decimals": pl.Int32(),
    }
)
"""Longitude and latitude of the centroid in degrees; the area as on a sphere, good to 1% in England; the most decimal
places that a coordinate has, up to 7. All are null where there is no geometry."""

_DEGREE_M: Final = 111_195.0
_MOST_DECIMALS: Final = 7


def measure_shapes(wkb: pl.Series) -> pl.DataFrame:
    """The measures of each geometry of a Binary column of WKB, WGS 84, longitude first; `MEASURES`."""
    shapes: Shapes = shapely.from_wkb(wkb.to_numpy(), on_invalid="ignore")
    shapes[shapely.is_empty(shapes)] = None
    there = ~shapely.is_missing(shapes)
    centres = shapely.centroid(shapes)
    x, y = shapely.get_x(centres), shapely.get_y(centres)
    area = shapely.area(shapes) * _DEGREE_M**2 * np.cos(np.radians(np.clip(y, -90, 90)))
    columns = {
        "x": x,
        "y": y,
        "area_m2": area,
        "vertices": shapely.get_num_coordinates(shapes),
        "valid": shapely.is_valid(shapes),
        "decimals": _decimals(shapes),
    }
    measured = pl.DataFrame({name: pl.Series(values, nan_to_null=True) for name, values in columns.items()}).cast(
        MEASURES
    )
    known = pl.lit(pl.Series(there))
    return measured.select(pl.when(known).then(pl.col(name)).alias(name) for name in MEASURES)


def _decimals(shapes: Shapes) -> np.ndarray[Any, np.dtype[np.int32]]:
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    most = np.zeros(len(shapes), dtype=np.int32)
    for decimals in range(_MOST_DECIMALS):
        scaled = coordinates * 10**decimals
        finer = np.any(np.abs(scaled - np.round(scaled)) > 1e-7 * 10**decimals, axis=1)
        most[owner[finer]] = decimals + 1
    return most
