"""The field type `multipolygon`: an area, published as `MULTIPOLYGON (((longitude latitude,…)))` with six decimals."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import polars as pl
import shapely
from shapely.errors import ShapelyError

from headrace.values.column import ParsedColumn, problem_table
from headrace.values.coordinate_system import PLACES, READINGS, UNKNOWN, locate
from headrace.values.geometry_text import multipolygon_text, multipolygon_texts, read_polygons
from headrace.values.multipolygons import Mask, Multipolygons, from_polygons
from headrace.values.parsed import Parsed, Problem
from headrace.values.precision import round_degrees
from headrace.values.simplification import simplify
from headrace.values.validity import polygons_in, repair, unite_overlaps

_CHUNK_BYTES: Final = 1 << 24
"""Text read at once: enough for arrays to pay, few enough for them to be small."""

_WRITABLE_BELOW: Final = 100.0
"""Degrees that `multipolygon_texts` has room for; more is beyond any map, but may stand in a broken shape."""

_POLYGONAL: Final = {"Polygon", "MultiPolygon"}


def parse(text: str) -> Parsed:
    """One area; see `parse_column`."""
    column = parse_column(pl.Series([text], dtype=pl.String))
    rows = column.problems.select("type", "value", "message").iter_rows()
    return Parsed(column.values[0], tuple(Problem(*row) for row in rows))


def parse_column(texts: pl.Series, *, today: date | None = None) -> ParsedColumn:
    """Read areas given as well-known text, or as GeoJSON, in any of the coordinate systems in use in England.

    A published area is in WGS84, with six decimals, simplified within the last of them and valid, shells
    counter-clockwise.

    Args:
        texts: String, without nulls: POLYGON, MULTIPOLYGON or GEOMETRYCOLLECTION, or a GeoJSON geometry.
        today: not used; every column parser is given it.

    Issues: `invalid WKT`, `invalid type geojson`, `Unexpected geom type` (all with the text as value),
    `Unexpected geom type within GeometryCollection`, those of `READINGS`, and those of `repair` with what was wrong
    and where as value. Curves are not supported: `invalid WKT`.
    """
    reading = _Reading([None] * len(texts))
    sizes = texts.str.len_bytes().cast(pl.Int64).cum_sum() // _CHUNK_BYTES
    starts = [0, *(sizes.diff().fill_null(0) > 0).arg_true().to_list(), len(texts)]
    for start, end in zip(starts, starts[1:], strict=False):
        reading.read(texts.slice(start, end - start), start)
    return ParsedColumn(pl.Series("value", reading.values, pl.String), problem_table(reading.problems))
