"""Every geographic format, alone and in an archive, from bytes to cells."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from headrace.convert.gdal import load_gdal
from headrace.convert.resource import convert_bytes
from headrace.model.cells import Converted, Unconverted
from zipped import make_zip

Result = Converted | Unconverted
Rows = list[tuple[str | None, ...]]

SQUARE = shapely.box(530000, 180000, 530010, 180010)
CRS84 = "urn:ogc:def:crs:OGC:1.3:CRS84"
GEOJSON = {"type": "Feature", "geometry": shapely.geometry.mapping(SQUARE), "properties": {"reference": "001"}}
PLACE = "<Placemark><name>{}</name><Point><coordinates>-0.1,51.5</coordinates></Point></Placemark>"

COLLECTION = (
    '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:a="http://example.org"><gml:featureMember><a:x><a:shape><gml:Point srsName="{srs}">'
    "<gml:pos>{place}</gml:pos></gml:Point></a:shape><a:reference>001</a:reference></a:x></gml:featureMember></wfs:FeatureCollection>"
)


def _files(
    folder: Path, suffix: str, driver: str, crs: str | None = "EPSG:27700", shape: BaseGeometry = SQUARE
) -> dict[str, bytes]:
    load_gdal()
    from pyogrio.raw import write

    write(
        str(folder / f"areas{suffix}"),
        shapely.to_wkb(np.array([shape])),
        [np.array(["001"], dtype=object), np.array([5])],
        ["reference", "number"],
        geometry_type=shape.geom_type,
        crs=crs,
        driver=driver,
    )
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _choices(result: Result) -> dict[str, tuple[str, str]]:
    assert isinstance(result, Converted)
    return {made.about: (made.choice, made.confidence) for made in result.decisions}


def _geoparquet(code: int = 27700, shape: BaseGeometry = SQUARE) -> bytes:
    file = BytesIO()
    frame = pl.DataFrame({"reference": ["001"], "number": [5], "shape": [shapely.to_wkb(shape)]})
    crs = {"id": {"authority": "EPSG", "code": code}}
    geo = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": {"encoding": "WKB", "crs": crs}}}
    frame.write_parquet(file, metadata={"geo": json.dumps(geo)})
    return file.getvalue()


@pytest.mark.parametrize(
    ("suffix", "driver", "confidence"),
    [
        (".shp", "ESRI Shapefile", "sure"),
        (".tab", "MapInfo File", "likely"),
        (".mif", "MapInfo File", "likely"),
        (".fgb", "FlatGeobuf", "sure"),
        (".gpkg", "GPKG", "sure"),
    ],
)
def test_a_format_in_an_archive(
    suffix: str, driver: str, confidence: str, tmp_path: Path, converted_rows: Callable[[Result], Rows]
) -> None:
    """Attributes are text as they were, geometry is in the coordinates of the file; MapInfo does not name its CRS."""
    result = convert_bytes(make_zip({f"areas/{name}": data for name, data in _files(tmp_path, suffix, driver).items()}))
    header, record = converted_rows(result)
    assert header == ("WKT", "reference", "number")
    assert record[1:] == ("001", "5")
    assert shapely.from_wkt(record[0]).equals(SQUARE)
    assert _choices(result)["member"] == (f"/areas/areas{suffix}", "sure")
    assert _choices(result)["crs"] == ("EPSG:27700", confidence)


@pytest.mark.parametrize(("suffix", "driver"), [(".fgb", "FlatGeobuf"), (".gpkg", "GPKG")])
def test_a_format_by_itself(suffix: str, driver: str, tmp_path: Path, converted_rows: Callable[[Result], Rows]) -> None:
    """One file is enough, whatever it is called."""
    ((_, data),) = _files(tmp_path, suffix, driver).items()
    result = convert_bytes(data)
    assert converted_rows(result)[1][1:] == ("001", "5")
    assert _choices(result)["crs"] == ("EPSG:27700", "sure")


def test_geoparquet_by_itself_and_in_an_archive(converted_rows: Callable[[Result], Rows]) -> None:
    """Both give the same."""
    alone, packed = convert_bytes(_geoparquet()), convert_bytes(make_zip({"areas.parquet": _geoparquet()}))
    assert converted_rows(alone) == converted_rows(packed)
    assert converted_rows(alone)[1][1:] == ("001", "5")


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_shapefile_without_its_projection_is_told_by_its_coordinates(tmp_path: Path) -> None:
    """Metres of the National Grid look like nothing else in Great Britain."""
    files = _files(tmp_path, ".shp", "ESRI Shapefile", crs=None)
    assert "areas.prj" not in files
    assert _choices(convert_bytes(make_zip(files)))["crs"] == ("EPSG:27700", "likely")


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        ({}, ("EPSG:27700", "likely")),
        ({"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}, ("EPSG:27700", "sure")),
        (
            {"crs": {"type": "name", "properties": {"name": CRS84}}},
            ("EPSG:27700", "doubtful"),
        ),
    ],
    ids=["no crs", "the right crs", "the wrong crs"],
)
def test_geojson_in_metres(crs: dict[str, object], expected: tuple[str, str]) -> None:
    """The standard wants degrees and no `crs`; publishers do as they like."""
    result = convert_bytes(json.dumps({"type": "FeatureCollection", "features": [GEOJSON]} | crs).encode())
    assert _choices(result)["crs"] == expected


@pytest.mark.parametrize(
    ("srs", "place", "order", "written"),
    [
        ("urn:ogc:def:crs:EPSG::4326", "51.5 -0.1", "longitude first", "POINT (-0.1 51.5)"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "51.5 -0.1", "longitude first", "POINT (-0.1 51.5)"),
        ("EPSG:4326", "-0.1 51.5", "longitude first", "POINT (-0.1 51.5)"),
        ("EPSG:4326", "51.5 -0.1", "latitude first", "POINT (51.5 -0.1)"),
        ("urn:ogc:def:crs:EPSG::27700", "530000 180000", None, "POINT (530000 180000)"),
    ],
)
def test_the_axis_order_of_gml(
    srs: str, place: str, order: str | None, written: str, converted_rows: Callable[[Result], Rows]
) -> None:
    """A URN means latitude first, a short name longitude first; where a file does otherwise, that is told."""
    result = convert_bytes(COLLECTION.format(srs=srs, place=place).encode())
    assert converted_rows(result)[1][0] == written
    assert order == _choices(result).get("axis-order", (None, ""))[0]


def test_an_axis_order_that_is_chosen_is_put_right(converted_rows: Callable[[Result], Rows]) -> None:
    """Nothing but configuration exchanges coordinates."""
    document = COLLECTION.format(srs="EPSG:27700", place="180000 530000").encode()
    result = convert_bytes(document, {"axis-order": "northing first"})
    assert converted_rows(result)[1][0] == "POINT (530000 180000)"


def test_a_kmz_of_several_layers(converted_rows: Callable[[Result], Rows]) -> None:
    """All of them are read, unless configuration chooses one."""
    folders = "".join(f"<Folder><name>{name}</name>{PLACE.format(name)}</Folder>" for name in ("one", "two", "three"))
    document = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'
    kmz = make_zip({"doc.kml": document.encode(), "files/icon.png": b"x"})
    assert [row[2] for row in converted_rows(convert_bytes(kmz))] == ["Name", "one", "two", "three"]
    chosen = convert_bytes(kmz, {"layer": "one; three"})
    assert [row[2] for row in converted_rows(chosen)] == ["Name", "one", "three"]
    assert convert_bytes(kmz, {"layer": "four"}) == Unconverted(
        "The configuration chooses the layer 'four' of a file with one, two, three.", "application/zip"
    )


CHARING_CROSS = shapely.Point(-0.1278, 51.5074)
BELFAST = shapely.Point(-5.9301, 54.5964)

SYSTEMS = {
    4258: ((-0.1278, 51.5074), True, CHARING_CROSS),
    4937: ((-0.1278, 51.5074), True, CHARING_CROSS),
    4277: ((-0.12621867, 51.50688818), True, CHARING_CROSS),
    3035: ((3620438.012, 3203903.360), True, CHARING_CROSS),
    25830: ((699316.234, 5710163.758), False, CHARING_CROSS),
    25831: ((282950.215, 5710891.173), False, CHARING_CROSS),
    32630: ((699316.234, 5710163.758), False, CHARING_CROSS),
    32631: ((282950.215, 5710891.173), False, CHARING_CROSS),
    29902: ((333831.286, 373987.340), False, BELFAST),
    29903: ((333831.286, 373987.340), False, BELFAST),
    2157: ((733754.109, 873983.463), False, BELFAST),
}
"""Of each code: coordinates with east first, whether its own order is the other one, and where that is."""

LEFT_AS_THEY_ARE = {
    27700: (530027.006, 180379.893),
    7405: (530027.006, 180379.893),
    3857: (-14226.631, 6711542.476),
}
"""Those that later phases understand."""


def _geojson(code: int, place: tuple[float, float]) -> bytes:
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": {"a": "1"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}).encode()


def _esri_json(code: int, place: tuple[float, float]) -> bytes:
    features = [{"geometry": {"x": place[0], "y": place[1]}, "attributes": {"a": 1}}]
    fields = [{"name": "a", "type": "esriFieldTypeInteger"}]
    system = {"geometryType": "esriGeometryPoint", "spatialReference": {"wkid": code}}
    return json.dumps(system | {"features": features, "fields": fields}).encode()


def _in_every_format(code: int, place: tuple[float, float], north_first: bool, folder: Path) -> Iterator[bytes]:
    """The place in every format that can declare a system: a URN wants the order of the system, all else east first."""
    written = "{!r} {!r}".format(*(place[::-1] if north_first else place))
    yield COLLECTION.format(srs=f"urn:ogc:def:crs:EPSG::{code}", place=written).encode()
    yield COLLECTION.format(srs=f"http://www.opengis.net/def/crs/EPSG/0/{code}", place=written).encode()
    yield COLLECTION.format(srs=f"EPSG:{code}", place="{!r} {!r}".format(*place)).encode()
    yield _geojson(code, place)
    yield _esri_json(code, place)
    yield _geoparquet(code, shapely.Point(place))
    for suffix, driver in ((".shp", "ESRI Shapefile"), (".gpkg", "GPKG"), (".fgb", "FlatGeobuf")):
        inner = folder / f"{code}{suffix}"
        inner.mkdir()
        yield make_zip(_files(inner, suffix, driver, f"EPSG:{code}", shapely.Point(place)))


@pytest.mark.parametrize("code", SYSTEMS)
def test_other_systems_become_degrees(code: int, tmp_path: Path, converted_rows: Callable[[Result], Rows]) -> None:
    """Whatever the format and its order of coordinates, a place is where it was; the system is told."""
    place, north_first, expected = SYSTEMS[code]
    for data in _in_every_format(code, place, north_first, tmp_path):
        result = convert_bytes(data)
        written = converted_rows(result)[1][0]
        assert written is not None
        assert shapely.from_wkt(written).distance(expected) < 2e-6
        choices = _choices(result)
        assert choices["crs"][1] != "doubtful"
        assert choices["crs"][0] == "EPSG:4326" or choices["transformation"] == ("EPSG:4326", "sure")


@pytest.mark.parametrize("code", LEFT_AS_THEY_ARE)
def test_systems_that_later_phases_understand_are_left_as_they_are(
    code: int, tmp_path: Path, converted_rows: Callable[[Result], Rows]
) -> None:
    """So that what they say of them is the same whatever the format was."""
    place = LEFT_AS_THEY_ARE[code]
    for data in _in_every_format(code, place, False, tmp_path):
        result = convert_bytes(data)
        assert shapely.from_wkt(converted_rows(result)[1][0]).distance(shapely.Point(place)) < 1e-3
        assert _choices(result)["crs"] == ("EPSG:3857" if code == 3857 else "EPSG:27700", "sure")
        assert "transformation" not in _choices(result)


def test_degrees_of_ordnance_survey_in_latitude_and_longitude(converted_rows: Callable[[Result], Rows]) -> None:
    """A short name does not say which comes first; where Great Britain is does."""
    document = COLLECTION.format(srs="EPSG:4277", place="51.50688818 -0.12621867").encode()
    result = convert_bytes(document)
    assert shapely.from_wkt(converted_rows(result)[1][0]).distance(CHARING_CROSS) < 2e-6
    assert _choices(result)["axis-order"] == ("latitude first", "likely")


def test_geoparquet_that_describes_its_system_without_a_code(converted_rows: Callable[[Result], Rows]) -> None:
    """PROJ's JSON says all of it; `null` says that it is not known."""
    from pyproj import CRS

    described = CRS.from_epsg(25830).to_json_dict()
    del described["id"]
    for crs, place in ((described, (699316.234, 5710163.758)), (None, (-0.1278, 51.5074))):
        file = BytesIO()
        geo = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": {"encoding": "WKB", "crs": crs}}}
        frame = pl.DataFrame({"reference": ["001"], "shape": [shapely.to_wkb(shapely.Point(place))]})
        frame.write_parquet(file, metadata={"geo": json.dumps(geo)})
        result = convert_bytes(file.getvalue())
        assert shapely.from_wkt(converted_rows(result)[1][0]).distance(CHARING_CROSS) < 2e-6
        assert _choices(result)["crs"] == (("EPSG:25830", "sure") if crs else ("EPSG:4326", "likely"))
