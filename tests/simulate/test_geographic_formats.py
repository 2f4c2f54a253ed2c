"""Conservation areas in the forms in which they are published, read by readers that are not ours."""

from collections.abc import Callable

import pytest
import shapely
from pyogrio.raw import read

from headrace.simulate.formats import geojson, geojson_in_grid_metres
from headrace.simulate.gml import gml
from headrace.simulate.publishers import find_publisher
from headrace.simulate.registers import Area, make_areas
from headrace.simulate.table import wkt_in_degrees, wkt_in_grid_metres, wkt_in_swapped_degrees

NAMES = {"reference": "REF", "name": "NAME", "designation-date": "DATE"}
AREAS = make_areas(1, find_publisher("DHT"))


@pytest.mark.parametrize(
    ("body", "reference_system"),
    [
        (geojson(AREAS, NAMES), "EPSG:4326"),
        (geojson_in_grid_metres(AREAS, NAMES), "EPSG:27700"),
        (gml(AREAS, NAMES, "2026-11-02T02:14:07Z"), "EPSG:27700"),
    ],
    ids=["geojson", "geojson in metres", "gml"],
)
def test_a_file_holds_every_area(body: bytes, reference_system: str) -> None:
    """GDAL finds the areas, what is known of them, and the reference system."""
    about, _, geometries, columns = read(body)
    values = dict(zip(about["fields"], columns, strict=True))
    assert about["crs"] == reference_system
    assert list(values["REF"]) == [area.reference for area in AREAS]
    assert list(values["NAME"]) == [area.name for area in AREAS]
    assert all(shapely.is_valid(shapely.from_wkb(geometries)))


@pytest.mark.parametrize(
    ("write", "west", "south", "east", "north"),
    [
        (wkt_in_degrees, -7, 49, 3, 56),
        (wkt_in_swapped_degrees, 49, -7, 56, 3),
        (wkt_in_grid_metres, 80_000, 5_000, 660_000, 660_000),
    ],
)
def test_a_boundary_is_a_sound_multipolygon_in_england(
    write: Callable[[Area], str], west: float, south: float, east: float, north: float
) -> None:
    """Whatever it is written in, a boundary is one valid ring at the place that is meant."""
    for area in AREAS:
        shape = shapely.from_wkt(write(area))
        assert shape.geom_type == "MultiPolygon"
        assert shape.is_valid
        assert shapely.box(west, south, east, north).contains(shape)


def test_gml_differs_only_in_its_moment() -> None:
    """Two nights' answers of a service are the same but for when they were made."""
    first, second = (gml(AREAS, NAMES, moment) for moment in ("2026-11-02T02:14:07Z", "2026-11-03T02:14:07Z"))
    assert first != second
    assert first.replace(b"2026-11-02", b"2026-11-03") == second
