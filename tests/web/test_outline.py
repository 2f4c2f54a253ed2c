"""Drawing the outline of a geometry."""

import re

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from headrace.web.outline import HEIGHT, WIDTH, Outline, draw_outline


def draw(wkt: str) -> Outline:
    return draw_outline(shapely.to_wkb(shapely.from_wkt(wkt)))


def corners(outline: Outline) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", outline.path)]


def test_north_is_up_and_east_is_right() -> None:
    """The north-west corner of a square is drawn at the top left."""
    outline = draw("POLYGON((-1 52,-1 52.01,-0.99 52.01,-0.99 52,-1 52))")

    x, y = min(corners(outline), key=lambda corner: corner[0] + corner[1])
    assert x < WIDTH / 2
    assert y < HEIGHT / 2


def test_shape_is_not_stretched() -> None:
    """A square on the ground is a square in the drawing, although degrees of longitude are shorter."""
    outline = draw("POLYGON((0 60,0.02 60,0.02 60.01,0 60.01,0 60))")

    xs, ys = zip(*corners(outline), strict=True)
    assert max(xs) - min(xs) == pytest.approx(max(ys) - min(ys), rel=0.01)


def test_size_is_in_words() -> None:
    """A square kilometre is 100 hectares."""
    degrees = 1_000 / 111_320
    outline = draw(f"POLYGON((0 0,{degrees} 0,{degrees} {degrees},0 {degrees},0 0))")

    assert "About 100.0 hectares; 1 km from west to east, 1 km from south to north" == outline.size_text


def test_point_is_a_dot_with_its_place() -> None:
    """A point is drawn in the middle, and told by its coordinates."""
    outline = draw("POINT(-0.1276 51.5072)")

    assert ((WIDTH / 2, 140.0),) == outline.dots
    assert "51.50720° N, 0.12760° W" == outline.size_text
    assert "" == outline.path


def test_hole_is_a_ring_of_its_own() -> None:
    """An area with a hole has two closed rings, so that the hole stays empty."""
    outline = draw("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,2 1,1 1))")

    assert 2 == outline.path.count("Z")


@given(st.floats(-6, 2), st.floats(49, 56), st.floats(1e-6, 1), st.floats(1e-6, 1), st.sampled_from(["area", "line"]))
def test_drawing_stays_on_its_sheet(west: float, south: float, width: float, height: float, kind: str) -> None:
    """Whatever its size, a geometry is drawn within the sheet, with a scale bar that fits."""
    box = shapely.box(west, south, west + width, south + height)
    shape: BaseGeometry = box if kind == "area" else box.exterior
    outline = draw_outline(shapely.to_wkb(shape))

    for x, y in corners(outline):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    assert 0 < outline.scale_pixels <= WIDTH / 4
