"""A place given in two fields, such as GeoX and GeoY."""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from headrace.values.column import PROBLEM_SCHEMA
from headrace.values.coordinate_system import PLACES, READINGS, locate
from headrace.values.geometry_text import not_well_known_text
from headrace.values.multipolygons import Vertices
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
    given = np.column_stack([axis.cast(pl.Float64, strict=False).to_numpy() for axis in (x, y)])
    whole = np.flatnonzero(np.isfinite(given).all(axis=1))
    degrees, readings = locate(given[whole], np.arange(len(whole) + 1))
    placed = PLACES[readings]
    longitude, latitude = (_texts(axis, whole[placed], len(x)) for axis in round_degrees(degrees[placed]).T)
    problems = pl.concat([_misread(whole, readings), _missing(x, y, np.setdiff1d(np.arange(len(x)), whole))])
    return ParsedPairs(longitude.rename(x.name), latitude.rename(y.name), problems.sort("index"))


def _texts(degrees: Vertices, positions: NDArray[np.intp], length: int) -> pl.Series:
    """The shortest text of each number, at its position in a column of that length."""
    texts: list[str | None] = [None] * length
    for position, number in zip(positions.tolist(), degrees.tolist(), strict=True):
        texts[position] = str(number)
    return pl.Series(texts, dtype=pl.String)


def _misread(positions: NDArray[np.intp], readings: NDArray[np.uint8]) -> pl.DataFrame:
    """The problems of readings, at the positions of the pairs."""
    met = [
        (position, problem.type, problem.value, problem.message)
        for position, reading in zip(positions.tolist(), readings.tolist(), strict=True)
        if (problem := READINGS[reading].problem)
    ]
    return pl.DataFrame(met, schema=PROBLEM_SCHEMA, orient="row")


def _missing(x: pl.Series, y: pl.Series, positions: NDArray[np.intp]) -> pl.DataFrame:
    """Pairs that are not two numbers; the value logged is what was given, as the existing platform writes it."""
    met = []
    for position in positions.tolist():
        problem = not_well_known_text(str([x[position] or "", y[position] or ""]))
        met.append((position, problem.type, problem.value, problem.message))
    return pl.DataFrame(met, schema=PROBLEM_SCHEMA, orient="row")
