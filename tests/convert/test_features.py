from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import polars as pl
import pytest
import shapely

from headrace.convert.features import read_features
from headrace.convert.gdal import load_gdal
from headrace.model.error import ConversionError

Rows = list[tuple[str | None, ...]]

SQUARES = [shapely.box(530000, 180000, 530010, 180010), shapely.box(530020, 180000, 530030, 180010)]
WKT = [
    "MULTIPOLYGON (((530010 180000,530010 180010,530000 180010,530000 180000,530010 180000)))",
    "MULTIPOLYGON (((530030 180000,530030 180010,530020 180010,530020 180000,530030 180000)))",
]

VIRTUAL = (
    b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
)


def _write(path: Path, driver: str, layer: str = "areas", **options: str) -> None:
    load_gdal()
    from pyogrio.raw import write

    write(
        str(path),
        shapely.to_wkb(np.array(SQUARES)),
        [np.array(["001", "é"], dtype=object), np.array([5, 6]), np.array([0.5, 12.0])],
        ["reference", "number", "hectares"],
        geometry_type="Polygon",
        crs="EPSG:27700",
        driver=driver,
        layer=layer,
        **options,
    )


@pytest.mark.parametrize(
    ("driver", "suffix", "before"),
    [("GeoJSON", ".geojson", ()), ("GPKG", ".gpkg", ()), ("GML", ".gml", ("gml_id",)), ("MapInfo File", ".tab", ())],
)
def test_features_become_records(
    driver: str, suffix: str, before: tuple[str, ...], tmp_path: Path, rows: Callable[[pl.DataFrame], Rows]
) -> None:
    """Geometry first, in the coordinates of the file, then the attributes, text as it was."""
    options = {"RFC7946": "NO"} if driver == "GeoJSON" else {}
    _write(tmp_path / f"areas{suffix}", driver, **options)
    files = {
        file.suffix: file.read_bytes() for file in sorted(tmp_path.iterdir(), key=lambda file: file.suffix != suffix)
    }
    header, *records = rows(read_features(files).frame)
    assert header == ("WKT", *before, "reference", "number", "hectares")
    assert [record[1 + len(before) :] for record in records] == [("001", "5", "0.5"), ("é", "6", "12")]
    assert [shapely.from_wkt(record[0]).normalize() for record in records] == [
        shapely.from_wkt(expected).normalize() for expected in WKT
    ]


def test_a_shapefile_is_read_with_the_files_that_belong_to_it(
    tmp_path: Path, rows: Callable[[pl.DataFrame], Rows]
) -> None:
    """The attributes are in another file than the geometry."""
    _write(tmp_path / "areas.shp", "ESRI Shapefile")
    files = {".shp": b""} | {file.suffix: file.read_bytes() for file in tmp_path.iterdir()}
    header, first, _ = rows(read_features(files).frame)
    assert header == ("WKT", "reference", "number", "hectares")
    assert first[1:] == ("001", "5", "0.5")
    assert str(first[0]).startswith("MULTIPOLYGON (((5300")


def test_kml_is_read_with_the_columns_of_its_driver(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """Those of every layer, one below the other."""
    place = "<Placemark><name>{}</name><Point><coordinates>-0.1,51.5</coordinates></Point></Placemark>"
    folders = "".join(f"<Folder><name>{name}</name>{place.format(name)}</Folder>" for name in ("one", "two"))
    document = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'
    table = read_features({".kml": document.encode()})
    header, *records = rows(table.frame)
    assert header[:4] == ("WKT", "id", "Name", "description")
    assert [record[:3] for record in records] == [
        ("POINT (-0.1 51.5)", None, "one"),
        ("POINT (-0.1 51.5)", None, "two"),
    ]
    assert table.decisions[0].reason == "all 2 layers were put one below the other"


def test_dates_in_geojson_have_slashes(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """As the existing platform has them; lists are JSON; a feature may lack a geometry."""
    document = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": '
        '{"on": "1978-09-28", "at": "2022-08-01T09:30:00Z", "where": [1.5, 2], "what": {"a": 1}, "not": null}}]}'
    )
    header, record = rows(read_features({".geojson": document.encode()}).frame)
    assert header == ("WKT", "on", "at", "where", "what", "not")
    assert record == (None, "1978/09/28", "2022/08/01 09:30:00+00", "[1.5, 2.0]", '{ "a": 1 }', None)


def test_a_collection_without_features_is_a_header(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """Nothing was said about columns."""
    document = b'{"type": "FeatureCollection", "features": []}'
    assert rows(read_features({".geojson": document}).frame) == [("WKT",)]


def test_arcs_become_short_lines(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """A half circle with a straight side, in GML."""
    document = (
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" '
        'xmlns:a="http://example.org"><gml:featureMember><a:x gml:id="x.1"><a:shape><gml:Polygon srsName="EPSG:27700">'
        "<gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 5 5 10 0"
        "</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList>10 0 0 0</gml:posList></gml:LineStringSegment>"
        "</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon></a:shape></a:x>"
        "</gml:featureMember></wfs:FeatureCollection>"
    )
    (_, (shape, *_)) = rows(read_features({".gml": document.encode()}).frame)
    assert shape is not None
    assert shapely.from_wkt(shape).area == pytest.approx(np.pi * 25 / 2, rel=0.01)


def test_the_schema_that_gml_names_is_not_fetched(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """A publisher's file must not make the service ask anything of anyone."""
    asked: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        schema = (
            f"http://127.0.0.1:{server.server_port}/wfs?SERVICE=WFS&amp;REQUEST=DescribeFeatureType&amp;TYPENAME=a:x"
        )
        document = (
            '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" '
            'xmlns:a="http://example.org" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="http://example.org {schema}">'
            "<gml:featureMember><a:x><a:name>High Street</a:name></a:x></gml:featureMember></wfs:FeatureCollection>"
        )
        header, record = rows(read_features({".gml": document.encode()}).frame)
        server.shutdown()
    assert asked == []
    assert dict(zip(header, record, strict=True))["name"] == "High Street"


@pytest.mark.parametrize(
    "files",
    [
        {".geojson": b'{"type": "FeatureCollection", "features": [{]}'},
        {".gpkg": b"SQLite format 3\0" + bytes(100)},
        {".shp": b"\0\0\x27\x0a" + bytes(96)},
        {".json": VIRTUAL},
        {".json": b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/hosts"}'},
    ],
    ids=["broken GeoJSON", "no GeoPackage", "no shapefile", "a virtual file", "a pipeline"],
)
def test_what_gdal_cannot_or_may_not_read_is_refused(files: dict[str, bytes]) -> None:
    """The reason does not name the private copy."""
    with pytest.raises(ConversionError, match="The geographic file cannot be read") as refused:
        read_features(files)
    assert "headrace-" not in str(refused.value)
