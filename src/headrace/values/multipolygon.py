"""The field type `multipolygon`: an area, published as `MULTIPOLYGON (((longitude latitude,…)))` with six decimals."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon

from headrace.values.area_text import AreaText, read_area
from headrace.values.column import ParsedColumn, gather_parsed
from headrace.values.coordinate_system import PLACES, READINGS, locate
from headrace.values.geometry_text import multipolygon_text, multipolygon_texts, read_polygons
from headrace.values.multipolygons import Mask, Multipolygons, from_polygons
from headrace.values.parsed import Parsed, Problem
from headrace.values.precision import round_degrees
from headrace.values.simplification import simplify
from headrace.values.validity import repair, unite_overlaps

_CHUNK_BYTES: Final = 1 << 21
"""Text read at once: enough for arrays to pay, little enough for them to stay in the processor's cache."""

_WRITABLE_BELOW: Final = 100.0
"""Degrees that `multipolygon_texts` has room for; more is beyond any map, but may stand in a broken shape."""


def parse(text: str) -> Parsed:
    """One area; see `parse_column`."""
    return _parse_chunk(pl.Series([text], dtype=pl.String))[0]


def parse_column(texts: pl.Series, *, today: date | None = None) -> ParsedColumn:
    """Read areas given as well-known text, or as GeoJSON, in any of the coordinate systems in use in England.

    A published area is in WGS84 with six decimals, simplified within the last of them, and valid; shells are
    counter-clockwise, holes clockwise.

    Args:
        texts: String, without nulls: POLYGON, MULTIPOLYGON or GEOMETRYCOLLECTION, or a GeoJSON geometry.
        today: not used; every column parser is given it.

    Issues: those of `read_area`, of `READINGS` and of `repair`. Curves are not supported: `invalid WKT`.
    """
    return gather_parsed([parsed for chunk in _chunks(texts) for parsed in _parse_chunk(chunk)])


def _chunks(texts: pl.Series) -> Iterator[pl.Series]:
    chunk_numbers = texts.str.len_bytes().cast(pl.Int64).cum_sum() // _CHUNK_BYTES
    ends = [*(chunk_numbers.diff().fill_null(0) > 0).arg_true().to_list(), len(texts)]
    start = 0
    for end in ends:
        yield texts.slice(start, end - start)
        start = end


@dataclass(frozen=True, slots=True)
class _Given:
    """The shapes that texts hold, as given.

    Attributes:
        shapes: in any order.
        positions: of the text of each shape.
        from_collection: for each shape, whether its text is a collection.
        problems: what is wrong with each text, by its position.
    """

    shapes: Multipolygons
    positions: NDArray[np.intp]
    from_collection: Mask
    problems: list[tuple[Problem, ...]]


def _read(texts: pl.Series) -> _Given:
    shapes, positions = read_polygons(texts)
    problems: list[tuple[Problem, ...]] = [()] * len(texts)
    others: dict[int, AreaText] = {}
    for position in np.setdiff1d(np.arange(len(texts)), positions).tolist():
        area = read_area(texts[position])
        problems[position] = area.problems
        if area.polygons:
            others[position] = area
    if others:
        shapes = shapes.extend(from_polygons([area.polygons for area in others.values()]))
        positions = np.append(positions, list(others))
    collections = [position for position, area in others.items() if area.is_collection]
    return _Given(shapes, positions, np.isin(positions, collections), problems)


def _parse_chunk(texts: pl.Series) -> list[Parsed]:
    given = _read(texts)
    degrees, readings = locate(given.shapes.vertices, given.shapes.starts)
    problems = given.problems
    for position, reading in zip(given.positions.tolist(), readings.tolist(), strict=True):
        if problem := READINGS[reading].problem:
            problems[position] += (problem,)
    placed = PLACES[readings]
    published = _publish(given.shapes.with_vertices(degrees).select(placed), given.from_collection[placed])
    parsed = [Parsed(None, met) for met in problems]
    for position, one in zip(given.positions[placed].tolist(), published, strict=True):
        parsed[position] = Parsed(one.value, problems[position] + one.problems)
    return parsed


def _publish(shapes: Multipolygons, from_collection: Mask) -> list[Parsed]:
    """Shapes in degrees, of any precision, in their published form."""
    simplified, valid = simplify(shapes.with_vertices(round_degrees(shapes.vertices)))
    writable = valid & (
        np.maximum.reduceat(np.abs(simplified.vertices).max(axis=1), simplified.starts[:-1]) < _WRITABLE_BELOW
    )
    published = [Parsed(None)] * len(shapes)
    texts = multipolygon_texts(simplified.select(writable).oriented())
    for index, text in zip(np.flatnonzero(writable).tolist(), texts, strict=True):
        published[index] = Parsed(text)
    for index, shape in zip(np.flatnonzero(~writable).tolist(), simplified.select(~writable).geometries(), strict=True):
        published[index] = _mend(shape, from_collection=bool(from_collection[index]))
    return published


def _mend(shape: MultiPolygon, *, from_collection: bool) -> Parsed:
    """A shape put right. The polygons of a collection may overlap without anything being wrong with it."""
    sound = all(part.is_valid for part in shape.geoms) if from_collection else shape.is_valid
    mended, problem = (unite_overlaps(shape), None) if sound else repair(shape)
    return Parsed(multipolygon_text(mended) if mended else None, (problem,) if problem else ())
