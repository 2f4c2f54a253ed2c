"""The field type `point`: a place, published as `POINT (longitude latitude)` with six decimals."""

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from headrace.values.column import ParsedColumn, gather_parsed
from headrace.values.coordinate_system import NO_SYSTEM, READINGS, locate
from headrace.values.geometry_text import not_well_known_text, point_texts, read_geometry
from headrace.values.multipolygons import Vertices
from headrace.values.parsed import Parsed, Problem
from headrace.values.precision import round_degrees

_NUMBER: Final = r"(-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
_PLAIN: Final = rf"^ *(?i:POINT) *\( *{_NUMBER} +{_NUMBER} *\) *$"


def parse(text: str) -> Parsed:
    """One place; see `parse_column`."""
    return _parse(pl.Series([text], dtype=pl.String))[0]


def parse_column(texts: pl.Series, *, today: date | None = None) -> ParsedColumn:
    """Read places given as well-known text in any of the coordinate systems in use in England.

    Args:
        texts: String, without nulls: POINT.
        today: not used; every column parser is given it.

    Issues: `invalid WKT` and `Unexpected geom type`, with the text as value; those of `READINGS`.
    """
    return gather_parsed(_parse(texts))


def _parse(texts: pl.Series) -> list[Parsed]:
    given = texts.str.extract_groups(_PLAIN).struct.unnest().cast(pl.Float64).to_numpy()
    problems: list[tuple[Problem, ...]] = [()] * len(texts)
    for position in np.flatnonzero(np.isnan(given).any(axis=1)).tolist():
        given[position], problems[position] = _read_other(texts[position])
    found = np.flatnonzero(~np.isnan(given).any(axis=1))
    degrees, readings = locate(given[found], np.arange(len(found) + 1))
    published = point_texts(round_degrees(degrees))
    parsed = [Parsed(None, problem) for problem in problems]
    for position, reading, text in zip(found.tolist(), readings.tolist(), published, strict=True):
        problem = READINGS[reading].problem
        value = text if READINGS[reading].to_degrees else None
        parsed[position] = Parsed(value, (problem,) if problem else ())
    return parsed


def _read_other(text: str) -> tuple[Vertices, tuple[Problem, ...]]:
    """The coordinates of a text in an unusual form; NaN, and why, where it has none."""
    nowhere = np.full(2, np.nan)
    if not text:
        return nowhere, ()
    geometry = read_geometry(text)
    if geometry is None:
        return nowhere, (not_well_known_text(text),)
    if geometry.geom_type != "Point":
        return nowhere, (Problem("Unexpected geom type", text, "Geometry must be a point"),)
    if geometry.is_empty or np.isnan([geometry.x, geometry.y]).any():
        return nowhere, (NO_SYSTEM,)
    return np.array([geometry.x, geometry.y]), ()
