"""Every geographic format, alone and in an archive, from bytes to cells."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

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


def _files(folder: Path, suffix: str, driver: str, crs: str | None = "EPSG:27700") -> dict[str, bytes]:
    load_gdal()
    from pyogrio.raw import write

    write(
        str(folder / f"areas{suffix}"),
        shapely.to_wkb(np.array([SQUARE])),
        [np.array(["001"], dtype=object), np.array([5])],
        ["reference", "number"],
        geometry_type="Polygon",
        crs=crs,
        driver=driver,
    )
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _choices(result: Result) -> dict[str, tuple[str, str]]:
    assert isinstance(result, Converted)
    return {made.about: (made.choice, made.confidence) for made in result.decisions}


def _geoparquet() -> bytes:
    file = BytesIO()
    frame = pl.DataFrame({"reference": ["001"], "number": [5], "shape": [shapely.to_wkb(SQUARE)]})
    crs = {"id": {"authority": "EPSG", "code": 27700}}
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
