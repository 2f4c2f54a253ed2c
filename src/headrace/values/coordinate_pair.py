"""A place given in two fields, such as GeoX and GeoY."""

from typing import Final, NamedTuple

import numpy as np
import polars as pl

from headrace.values.column import PROBLEM_SCHEMA
from headrace.values.coordinate_system import PLACES, READINGS, locate
from headrace.values.geometry_text import not_well_known_text
from headrace.values.precision import round_degrees


class ParsedPairs(NamedTuple):
    """What comes of reading two columns as places.

    Attributes:
        x, y: String: longitude and latitude in degrees of WGS84, at most six decimals; both null where there is none.
        problems: `PROBLEM_SCHEMA`, in the order of the rows; they concern both fields together.
    """

    x: pl.Series
    y: pl.Series
    problems: pl.DataFrame


def parse_pairs(x: pl.Series, y: pl.Series) -> ParsedPairs:
    """Read pairs in any of the coordinate systems in use in England.

    Args:
        x, y: String: numbers, as the field types `longitude` and `latitude` publish them, or null; row by row. Either
            may be the easting.

    Issues: those of `READINGS`; `invalid WKT` where one or both are missing, with what was given as value.
    """
    given = np.column_stack([x.cast(pl.Float64).to_numpy(), y.cast(pl.Float64).to_numpy()])
    whole = np.flatnonzero(~np.isnan(given).any(axis=1))
    degrees, readings = locate(given[whole], np.arange(len(whole) + 1))
    placed = PLACES[readings]
    degrees = round_degrees(degrees[placed])
    found = pl.Series(whole[placed], dtype=pl.UInt32)
    columns = (_scatter(axis, found, len(x)) for axis in degrees.T)
    unread = np.setdiff1d(np.arange(len(x)), whole)
    return ParsedPairs(*columns, pl.concat([_missing(x, y, unread), _read(whole, readings)]).sort("index"))
