import polars as pl
import pytest
import shapely

from headrace.convert.well_known_text import holds_curves, read, write


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        ("POLYGON ((0 0, 1 0, 1 1, 0 0))", "MULTIPOLYGON (((0 0,1 0,1 1,0 0)))"),
        ("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))", "MULTIPOLYGON (((0 0,1 0,1 1,0 0)))"),
        (
            "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)), MULTIPOLYGON (((5 5, 6 5, 6 6, 5 5))))",
            "MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
        ),
        ("GEOMETRYCOLLECTION (POINT (1 2))", "GEOMETRYCOLLECTION (POINT (1 2))"),
        ("POINT Z (1 2 3)", "POINT (1 2)"),
        ("LINESTRING (0 0, 1 1)", "LINESTRING (0 0,1 1)"),
        ("POINT (-0.12345678912 51.50740123456)", "POINT (-0.1234567891 51.50740123)"),
        ("POINT (530000.123456789 179999.5)", "POINT (530000.1235 179999.5)"),
        ("LINESTRING (9.87654321098765 0, 0.0123456789876543 5e-30)", "LINESTRING (9.876543211 0,0.01234567899 0)"),
        ("POLYGON EMPTY", "MULTIPOLYGON (EMPTY)"),
        (
            "POLYGON ((0 0, 9 0, 9 9, 0 0), (2 1, 3 1, 3 2, 2 1))",
            "MULTIPOLYGON (((0 0,9 0,9 9,0 0),(2 1,3 1,3 2,2 1)))",
        ),
    ],
    ids=[
        "polygon",
        "multipolygon",
        "polygons",
        "point in a collection",
        "height",
        "line",
        "degrees",
        "metres",
        "digits",
        "nothing",
        "hole",
    ],
)
def test_a_geometry_is_written(geometry: str, expected: str) -> None:
    """In two dimensions and ten significant digits, polygons always as several."""
    wkb = pl.Series([shapely.to_wkb(shapely.from_wkt(geometry)), None], dtype=pl.Binary)
    assert [expected, None] == write(read(wkb)).to_list()


def test_the_first_geometry_may_be_missing() -> None:
    """And that of others not."""
    assert write(read(pl.Series([None, shapely.to_wkb(shapely.Point(1, 2))]))).to_list() == [None, "POINT (1 2)"]


def test_a_ring_that_is_not_closed_is_closed() -> None:
    """Otherwise the geometry would be lost."""
    closed = shapely.to_wkb(shapely.from_wkt("POLYGON ((0 0, 1 0, 1 1, 0 0))"))
    open_ring = closed[:9] + (3).to_bytes(4, "little") + closed[13:-16]
    assert write(read(pl.Series([open_ring]))).to_list() == ["MULTIPOLYGON (((0 0,1 0,1 1,0 0)))"]


def test_arcs_are_told_from_straight_lines() -> None:
    """By the code of their type, in either byte order."""
    point = shapely.to_wkb(shapely.Point(1, 2))
    assert not holds_curves(pl.Series([point, None]))
    assert holds_curves(pl.Series([point, b"\x01" + (10).to_bytes(4, "little")]))
    assert holds_curves(pl.Series([b"\x00" + (1012).to_bytes(4, "big")]))
