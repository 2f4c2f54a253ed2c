"""Shapes as text, read and written for a whole column at once.

Source: OGC 06-103r4, Simple Feature Access, clause 7 (well-known text).
"""

from typing import Final, cast

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.lib import GEOSException

from headrace.values.multipolygons import LEAST_VERTICES, Mask, Multipolygons, Vertices, from_polygons
from headrace.values.parsed import Problem
from headrace.values.precision import DECIMALS

_OPEN, _CLOSE, _COMMA, _NEWLINE = b"(),\n"
_NUMBER_CHARACTERS: Final = b"0123456789.+-eE"
_ONLY_NUMBERS: Final = bytes(code if code in _NUMBER_CHARACTERS else ord(" ") for code in range(256))
_IS_STRUCTURE: Final = np.isin(np.arange(256), [_OPEN, _CLOSE, _COMMA, _NEWLINE])


_WIDTH: Final = len("-12.345678")
_ABSENT: Final = b"\0"
_FOUR_DIGITS: Final = np.frombuffer("".join(f"{number:04}" for number in range(10_000)).encode(), np.uint32)
"""The characters of 0000 to 9999, four to a number."""


def _grammar(numbers: int) -> str:
    """A regular expression for plain texts of polygons whose vertices have that many numbers."""
    number = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
    vertex = " +".join([number] * numbers)
    ring = rf"\( *{vertex}(?: *, *{vertex})* *\)"
    polygon = rf"\( *{ring}(?: *, *{ring})* *\)"
    height = " *Z?" if numbers > 2 else ""
    return rf"^ *(?i:POLYGON{height} *{polygon}|MULTIPOLYGON{height} *\( *{polygon}(?: *, *{polygon})* *\)) *$"


_GRAMMARS: Final = {numbers: _grammar(numbers) for numbers in (2, 3)}


def read_polygons(texts: pl.Series) -> tuple[Multipolygons, NDArray[np.intp]]:
    """The texts that are plain polygons or multipolygons, and at which positions they were found.

    Plain is what software writes: numbers and brackets, no empty parts, rings closed. Heights are left out. Everything
    else, right or wrong, is left to the caller.
    """
    shapes, positions = [], []
    for numbers, grammar in _GRAMMARS.items():
        plain = texts.str.contains(grammar)
        if plain.any():
            read = _read_plain("\n".join(texts.filter(plain)), numbers)
            sound = _rings_closed(read)
            shapes.append(read.select(sound))
            positions.append(plain.arg_true().to_numpy()[sound])
    if not shapes:
        return from_polygons(()), np.array([], np.intp)
    every = shapes[0] if len(shapes) == 1 else shapes[0].extend(shapes[1])
    return every, np.concatenate(positions).astype(np.intp)


def _read_plain(lines: str, numbers: int) -> Multipolygons:
    """Shapes of texts that follow the grammar, one a line.

    Only brackets, commas and line ends matter for the structure. A ring opens with a bracket that no other bracket
    follows, and has as many vertices as there are marks up to its end; a polygon opens with a bracket that the bracket
    of a ring follows.
    """
    encoded = lines.encode("ascii")
    coordinates = np.fromstring(encoded.translate(_ONLY_NUMBERS), sep=" ").reshape(-1, numbers)
    marks = np.frombuffer(encoded, np.uint8)
    marks = marks[_IS_STRUCTURE[marks]]
    opens, closes = marks == _OPEN, marks == _CLOSE
    ring_opens = opens & ~np.append(opens[1:], False)
    polygon_opens = opens & np.append(ring_opens[1:], False)
    ring_at = np.flatnonzero(ring_opens)
    polygon_at = np.flatnonzero(polygon_opens)
    line_at = np.concatenate([[-1], np.flatnonzero(marks == _NEWLINE)])
    ring_ends_at = np.flatnonzero(closes & ~np.append(False, closes[:-1]))
    return Multipolygons(
        vertices=np.ascontiguousarray(coordinates[:, :2]),
        rings=np.concatenate([[0], np.cumsum(ring_ends_at - ring_at)]),
        polygons=np.append(np.searchsorted(ring_at, polygon_at), len(ring_at)),
        shapes=np.append(np.searchsorted(polygon_at, line_at), len(polygon_at)),
    )


def _rings_closed(shapes: Multipolygons) -> Mask:
    """For each shape, whether all its rings end where they began and have enough vertices."""
    starts, ends = shapes.rings[:-1], shapes.rings[1:]
    closed = (shapes.vertices[starts] == shapes.vertices[ends - 1]).all(axis=1) & (ends - starts >= LEAST_VERTICES)
    return np.logical_and.reduceat(closed, shapes.polygons[shapes.shapes[:-1]])


def read_geometry(text: str) -> BaseGeometry | None:
    """Well-known text of any form; None where the text is not well-known text, or holds curves."""
    try:
        return cast(BaseGeometry, shapely.from_wkt(text))
    except (GEOSException, NotImplementedError):
        return None


def not_well_known_text(text: str) -> Problem:
    """What to say of a text that is no geometry."""
    return Problem("invalid WKT", text, "Geometry must be in Well-Known Text (WKT) format")


def multipolygon_text(geometry: BaseGeometry) -> str:
    """One Polygon or MultiPolygon as `MULTIPOLYGON (((x y,x y,…)))`, in degrees with six decimals."""
    whole = shapely.multipolygons([geometry]) if geometry.geom_type == "Polygon" else geometry
    return str(shapely.to_wkt(whole, rounding_precision=DECIMALS, trim=False, output_dimension=2)).replace(", ", ",")


def point_texts(places: Vertices) -> list[str]:
    """(n, 2) longitudes and latitudes as `POINT (x y)`, in degrees with six decimals."""
    return [f"POINT ({x:.6f} {y:.6f})" for x, y in places.tolist()]


def multipolygon_texts(shapes: Multipolygons) -> list[str]:
    """Each shape as `MULTIPOLYGON (((x y,x y,…)))`, in degrees with six decimals.

    Args:
        shapes: in degrees below 100, at the precision of `round_degrees`.
    """
    x_at, y_at, mark_at = slice(0, _WIDTH), slice(_WIDTH + 1, 2 * _WIDTH + 1), 2 * _WIDTH + 1
    cells = np.full((len(shapes.vertices), mark_at + 1), ord(" "), np.uint8)
    _write_degrees(cells[:, x_at], shapes.vertices[:, 0])
    _write_degrees(cells[:, y_at], shapes.vertices[:, 1])
    cells[:, mark_at] = _COMMA
    for offsets, mark in (
        (shapes.rings, b"r"),
        (shapes.rings[shapes.polygons], b"p"),
        (shapes.rings[shapes.polygons[shapes.shapes]], b"\n"),
    ):
        cells[offsets[1:] - 1, mark_at] = ord(mark)
    lines = cells.tobytes().translate(None, _ABSENT).replace(b"r", b"),(").replace(b"p", b")),((").decode("ascii")
    return [f"MULTIPOLYGON ((({line})))" for line in lines.split("\n")[:-1]]


def _write_degrees(cells: NDArray[np.uint8], degrees: NDArray[np.float64]) -> None:
    """Write sign, two digits, point and six digits into the cells of each row; no sign and no tens are absent."""
    high, low = np.divmod(np.rint(np.abs(degrees) * 10**DECIMALS).astype(np.uint32), 10_000)
    leading = _FOUR_DIGITS[high].view(np.uint8).reshape(-1, 4)
    cells[:, 0] = np.where(np.signbit(degrees), ord("-"), 0)
    cells[:, 1] = np.where(high < 1_000, 0, leading[:, 0])
    cells[:, 2] = leading[:, 1]
    cells[:, 3] = ord(".")
    cells[:, 4:6] = leading[:, 2:]
    cells[:, 6:] = _FOUR_DIGITS[low].view(np.uint8).reshape(-1, 4)
