"""The outline of a geometry as a small drawing, without a map."""

from dataclasses import dataclass
from math import cos, floor, log10, radians
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

WIDTH: Final = 480
HEIGHT: Final = 320
_MARGIN: Final = 24
_FOOT: Final = 40
"""Pixels kept free below for the scale bar."""

_METRES_PER_DEGREE: Final = 111_320.0
_LEAST_METRES: Final = 200.0
"""What the drawing spans at least, so that a point or a tiny site does not fill it."""

_DETAIL: Final = 0.4
"""Pixels within which a corner may be left out."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawing of `WIDTH` by `HEIGHT` pixels, north up.

    Attributes:
        path: the areas and lines, as the `d` of an SVG path; empty when there are none.
        dots: x and y of each point.
        scale_pixels, scale_text: length of the scale bar, and what it stands for.
        size_text: how large the thing is, in words; for a point, where it is.
    """

    path: str
    dots: tuple[tuple[float, float], ...]
    scale_pixels: float
    scale_text: str
    size_text: str


def draw_outline(wkb: bytes) -> Outline:
    """The drawing of a geometry (WKB, WGS 84 degrees).

    Lengths are those of a plane that touches the earth at the middle of the geometry: right to a percent or so for
    anything as small as England.
    """
    shape = shapely.from_wkb(wkb)
    west, south, east, north = shapely.bounds(shape).tolist()
    middle = np.array([(west + east) / 2, (south + north) / 2])
    metres = np.array([_METRES_PER_DEGREE * cos(radians(middle[1])), _METRES_PER_DEGREE])
    flat = shapely.transform(shape, lambda points: (points - middle) * metres)
    width, height = (east - west) * metres[0], (north - south) * metres[1]
    per_pixel = max(width / (WIDTH - 2 * _MARGIN), max(height, _LEAST_METRES) / (HEIGHT - _FOOT - 2 * _MARGIN))
    centre = np.array([WIDTH / 2, (HEIGHT - _FOOT) / 2])
    drawn = shapely.transform(flat, lambda points: centre + points * np.array([1, -1]) / per_pixel)
    drawn = shapely.simplify(drawn, _DETAIL, preserve_topology=True)
    scale = _round_down(per_pixel * WIDTH / 4)
    parts = shapely.get_parts(drawn)
    points = [part for part in parts if part.geom_type == "Point"]
    return Outline(
        path="".join(_trace(part) for part in parts if part.geom_type != "Point"),
        dots=tuple((round(point.x, 1), round(point.y, 1)) for point in points),
        scale_pixels=round(scale / per_pixel, 1),
        scale_text=_say_length(scale),
        size_text=_say_size(flat, width, height, middle),
    )


def _trace(part: BaseGeometry) -> str:
    if part.geom_type == "LineString":
        return _trace_line(shapely.get_coordinates(part))
    rings = shapely.get_rings(part)
    return "".join(_trace_line(shapely.get_coordinates(ring)[:-1]) + "Z" for ring in rings)


def _trace_line(points: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _say_size(
    flat: BaseGeometry, width: float, height: float, middle: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> str:
    area_m2 = float(shapely.area(flat))
    if area_m2 == 0 and max(width, height) == 0:
        longitude, latitude = middle.tolist()
        north_south, east_west = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
        return f"{abs(latitude):.5f}° {north_south}, {abs(longitude):.5f}° {east_west}"
    across = f"{_say_length(width)} from west to east, {_say_length(height)} from south to north"
    return across if area_m2 == 0 else f"About {_say_area(area_m2)}; {across}"


def _say_area(area_m2: float) -> str:
    if area_m2 < 10_000:
        return f"{area_m2:,.0f} m²"
    hectares = area_m2 / 10_000
    return f"{hectares:,.1f} hectares" if hectares < 1_000 else f"{hectares / 100:,.0f} km²"


def _say_length(metres: float) -> str:
    if metres < 999.5:  # which is said as 1 km, not as 1,000 m
        return f"{metres:,.0f} m"
    return f"{metres / 1_000:,.1f} km".replace(".0 km", " km")


def _round_down(metres: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50, … that is not more."""
    power = 10.0 ** floor(log10(metres))
    return power * max(step for step in (1, 2, 5) if step * power <= metres)
