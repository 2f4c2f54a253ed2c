"""Laws of places and areas."""

import numpy as np
import polars as pl
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon

from headrace.values import multipolygon
from headrace.values.geometry_text import multipolygon_text, multipolygon_texts, read_polygons
from headrace.values.multipolygons import Multipolygons, from_polygons
from headrace.values.precision import GRID, round_degrees
from headrace.values.simplification import simplify

steps = st.integers(-300, 300)
coordinates = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def polygons(draw: st.DrawFn) -> Polygon:
    """A ring of any form near a place in England, in steps of 1e-6°; it may cross itself, and have a hole."""
    corners = draw(st.lists(st.tuples(steps, steps), min_size=3, max_size=12))
    rings = [corners]
    if draw(st.booleans()):
        rings.append(draw(st.lists(st.tuples(steps, steps), min_size=3, max_size=5)))
    x, y = draw(steps), draw(steps)
    shell, *holes = ([((x + a) * GRID, 51 + (y + b) * GRID) for a, b in ring] for ring in rings)
    return Polygon(shell, holes)


shapes = st.lists(polygons(), min_size=1, max_size=3).map(MultiPolygon)


@given(value=st.one_of(coordinates, st.integers(-(10**9), 10**9).map(lambda half: half * 5e-7), st.floats(-180, 180)))
@example(0.1234575)
@example(-1.1234565)
@example(-0.0000004)
def test_rounding_is_that_of_decimal_text(value: float) -> None:
    """The value rounded in binary is the one that its text with six decimals stands for, sign of zero included."""
    expected = float(f"{value:.6f}")
    actual = float(round_degrees(np.array([[value]]))[0, 0])
    assert (expected, np.signbit(expected)) == (actual, np.signbit(actual))


@given(
    given_shapes=st.lists(shapes, max_size=5),
    form=st.sampled_from(["{}", " {} ", "{:Z}"]),
    space=st.sampled_from(["", " "]),
)
def test_plain_text_is_read_as_geos_reads_it(given_shapes: list[MultiPolygon], form: str, space: str) -> None:
    """Vertices, rings, polygons and shapes are those of the general reader."""
    texts = [form.replace(":Z", "").format(shapely.to_wkt(shape, rounding_precision=-1)) for shape in given_shapes]
    if "Z" in form:
        texts = [shapely.to_wkt(shapely.force_3d(shape, 7.25), rounding_precision=-1) for shape in given_shapes]
    texts = [text.replace(", ", f",{space}") for text in texts]
    read, positions = read_polygons(pl.Series(texts, dtype=pl.String))
    assert list(range(len(texts))) == positions.tolist()
    expected = shapely.force_2d(shapely.from_wkt(texts))
    assert all(a.equals_exact(b, 0) for a, b in zip(expected, read.geometries(), strict=True))


@given(text=st.text(alphabet="POLYGNMUTI (),.0123456789-eZ\t", max_size=40))
@example("POLYGON((0 0,1 0,1 1,0 0)(0 0,1 0,1 1,0 0))")
@example("POLYGON((0 0,1 0,1 1,0 0),)")
@example("MULTIPOLYGON((0 0,1 0,1 1,0 0))")
@example("POLYGON(((0 0,1 0,1 1,0 0)))")
@example("POLYGON Z((0 0,1 0,1 1,0 0))")
@example("POLYGON((0 0,1 0,1 1 1,0 0))")
@example("POLYGONZ((0 0 1,1 0 1,1 1 1,0 0 1))")
@example("POLYGON((0 0,1 0,0 0))")
@example("POLYGON((00 0,1 0,1 1,0 0))")
@example("POLYGON((0. 0,1 0,1 1,0. 0))")
def test_what_is_taken_for_plain_is_well_known_text(text: str) -> None:
    """Nothing is read quickly that the general reader would refuse."""
    read, positions = read_polygons(pl.Series([text]))
    if len(positions):
        expected = shapely.from_wkt(text)
        assert expected.geom_type in {"Polygon", "MultiPolygon"}
        assert (shapely.get_coordinates(expected) == read.vertices).all()


@given(given_shapes=st.lists(shapes, min_size=1, max_size=4))
def test_shapes_are_written_as_geos_writes_them(given_shapes: list[MultiPolygon]) -> None:
    """The text made from digits is that of the general writer at six decimals."""
    made = from_polygons([list(shape.geoms) for shape in given_shapes])
    rounded = made.with_vertices(round_degrees(made.vertices))
    assert [multipolygon_text(shape) for shape in rounded.geometries()] == multipolygon_texts(rounded)


@given(given_shapes=st.lists(shapes, min_size=1, max_size=5), data=st.data())
def test_shapes_can_be_taken_apart_and_put_together(given_shapes: list[MultiPolygon], data: st.DataObject) -> None:
    """Selected shapes are the same shapes, and so are joined ones."""
    made = from_polygons([list(shape.geoms) for shape in given_shapes])
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(made), max_size=len(made))))
    expected = made.geometries()[chosen].tolist() + made.geometries().tolist()
    joined = made.select(chosen).extend(made)
    assert all(a.equals_exact(b, 0) for a, b in zip(expected, joined.geometries(), strict=True))


@given(given_shapes=st.lists(shapes, min_size=1, max_size=5))
def test_simplifying_in_haste_gives_what_simplifying_with_care_gives(given_shapes: list[MultiPolygon]) -> None:
    """The short cut for shapes of one ring makes no difference, and a valid shape stays valid."""
    made = from_polygons([list(shape.geoms) for shape in given_shapes])
    rounded = made.with_vertices(round_degrees(made.vertices))
    simplified, valid = simplify(rounded)
    careful = rounded.with_lines(shapely.simplify(rounded.lines(), GRID, preserve_topology=True)).geometries()
    before = rounded.geometries()
    expected = [old if old.is_valid and not new.is_valid else new for old, new in zip(before, careful, strict=True)]
    assert all(a.equals_exact(b, 0) for a, b in zip(expected, simplified.geometries(), strict=True))
    assert [shape.is_valid for shape in expected] == valid.tolist()


@given(shape=shapes)
def test_what_is_published_is_valid_and_oriented(shape: MultiPolygon) -> None:
    """A published area is a valid MULTIPOLYGON with shells counter-clockwise, or a reason is given."""
    parsed = multipolygon.parse(shapely.to_wkt(shape, rounding_precision=-1))
    if parsed.value is None:
        assert parsed.problems
        return
    published = shapely.from_wkt(parsed.value)
    assert published.geom_type == "MultiPolygon"
    assert published.is_valid or "invalid geometry - not fixable" in {problem.type for problem in parsed.problems}
    assert all(part.exterior.is_ccw and not any(h.is_ccw for h in part.interiors) for part in published.geoms)


@given(text=st.text(max_size=30))
def test_any_text_can_be_asked(text: str) -> None:
    """No text is too odd to be refused."""
    parsed = multipolygon.parse(text)
    assert bool(text) == bool(parsed.problems)


def test_no_shapes_are_no_shapes() -> None:
    """Every step can be taken with nothing in hand."""
    nothing = from_polygons(())
    assert 0 == len(nothing.select(np.zeros(0, np.bool_)).extend(nothing).oriented())
    simplified, valid = simplify(nothing)
    assert isinstance(simplified, Multipolygons)
    assert [] == multipolygon_texts(simplified)
    assert 0 == len(valid)
