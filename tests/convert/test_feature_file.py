import json
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from headrace.convert.gdal import load_gdal
from headrace.convert.resource import convert, convert_parts
from headrace.model.cells import Cells, Converted, Unconverted

ROWS = 2500


def _made(folder: Path, driver: str, suffix: str, name: str = "EPSG:27700") -> Path:
    """A file of features, some without a geometry and some without a name."""
    load_gdal()
    from pyogrio.raw import write

    numbers = np.arange(ROWS)
    shapes = shapely.box(530000 + numbers, 180000, 530000.123456789 + numbers, 180010)
    if driver != "FlatGeobuf":  # Which cannot have both an index and features without a geometry.
        shapes[::7] = None
    names = np.array([f"caf\u00e9 {number}" if number % 5 else None for number in numbers], dtype=object)
    made = folder / "made"
    made.mkdir()
    write(
        str(made / f"areas{suffix}"),
        shapely.to_wkb(shapes),
        [names, numbers, numbers / 7],
        ["name", "number", "share"],
        geometry_type="Polygon",
        crs=name,
        driver=driver,
        **({"RFC7946": "NO"} if driver == "GeoJSON" else {}),
    )
    return (made / f"areas{suffix}").rename(folder / "resource")


def _split(path: Path, **choices: str) -> tuple[Converted, list[Cells]]:
    streamed = convert_parts(path, choices, rows_at_once=700, stream_bytes=0, block_bytes=40_000)
    assert not isinstance(streamed, Unconverted), streamed.reason
    return streamed[0], list(streamed[1])


@pytest.mark.parametrize(
    ("driver", "suffix"), [("GML", ".gml"), ("GeoJSON", ".geojson"), ("GPKG", ".gpkg"), ("FlatGeobuf", ".fgb")]
)
@pytest.mark.parametrize("system", ["EPSG:27700", "EPSG:2157"], ids=["as they are", "transformed"])
def test_the_parts_of_a_large_file_are_its_cells(
    driver: str, suffix: str, system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every format that is read in parts; nothing is left beside the file or in the private folder."""
    path = _made(tmp_path, driver, suffix, system)
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    conversion, parts = _split(path)
    whole = convert(path)
    assert isinstance(whole, Converted)
    frames = [part.frame for part in parts]
    assert pl.concat(frames).equals(whole.cells.frame)
    assert len(frames) > 3
    assert max(frame.height for frame in frames) <= 700
    assert (conversion.decisions, conversion.mime_type) == (whole.decisions, whole.mime_type)
    assert {each.name for each in tmp_path.iterdir()} == {"made", "private", "resource"}
    assert list(private.iterdir()) == []


ARC = (
    "<gml:featureMember><a:x><a:shape><gml:Curve srsName='EPSG:27700'><gml:segments><gml:Arc><gml:posList>{0} 0 {0} 5 "
    "10 0</gml:posList></gml:Arc></gml:segments></gml:Curve></a:shape><a:reference>{0}</a:reference></a:x>"
    "</gml:featureMember>"
)
COLLECTION = (
    '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:a="http://example.org">{}</wfs:FeatureCollection>'
)


def test_arcs_become_short_lines_in_every_part(tmp_path: Path) -> None:
    """The same ones as in the whole."""
    path = tmp_path / "resource"
    path.write_text(COLLECTION.format("".join(map(ARC.format, range(1, 1501)))), "utf-8")
    whole = convert(path)
    assert isinstance(whole, Converted)
    _, parts = _split(path)
    assert len(parts) > 2
    assert pl.concat([part.frame for part in parts]).equals(whole.cells.frame)
    assert whole.cells.frame["0"].str.starts_with("LINESTRING").sum() == 1500


def _geojson(**more: object) -> bytes:
    features = [{"type": "Feature", "geometry": None, "properties": {"a": str(number)}} for number in range(10)]
    return json.dumps({"type": "FeatureCollection", "features": features} | more, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "data",
    [
        COLLECTION.format(ARC.format(1) + ARC.format(2).replace("a:x", "a:y")).encode(),
        b"\xef\xbb\xbf" + _geojson(),
        b"\n" + _geojson(),
        _geojson(name="caf\u00e9").decode().encode("cp1252"),
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "Feature", "geometry": null, "properties": {"a": "1"}}',
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>a</name></Placemark></kml>',
    ],
    ids=["two layers", "a byte order mark", "a blank before", "another encoding", "no features", "a feature", "kml"],
)
def test_what_cannot_be_read_in_parts_is_read_whole(data: bytes, tmp_path: Path) -> None:
    """And then cut."""
    path = tmp_path / "resource"
    path.write_bytes(data)
    whole = convert(path)
    assert isinstance(whole, Converted)
    conversion, parts = _split(path)
    assert pl.concat([part.frame for part in parts]).equals(whole.cells.frame)
    assert conversion.decisions == whole.decisions


@pytest.mark.parametrize(
    "data",
    [
        COLLECTION.format(ARC.format(1)).encode()[:-10],
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + COLLECTION.format("&b;").encode(),
        _geojson()[:-10],
    ],
    ids=["GML cut short", "entities", "GeoJSON cut short"],
)
def test_a_large_file_that_is_broken_is_refused_like_a_small_one(data: bytes, tmp_path: Path) -> None:
    """For the same reason, before any part."""
    path = tmp_path / "resource"
    path.write_bytes(data)
    refused = convert(path)
    assert isinstance(refused, Unconverted)
    assert refused == convert_parts(path, rows_at_once=700, stream_bytes=0, block_bytes=40_000)


def test_choices_hold_for_a_large_file(tmp_path: Path) -> None:
    """The system and the order of coordinates by any part, a layer by reading the whole."""
    path = _made(tmp_path, "GPKG", ".gpkg")
    for choices in ({"axis-order": "northing first", "crs": "EPSG:27700"}, {"layer": "areas"}):
        whole = convert(path, choices)
        assert isinstance(whole, Converted)
        conversion, parts = _split(path, **choices)
        assert pl.concat([part.frame for part in parts]).equals(whole.cells.frame)
        assert conversion.decisions == whole.decisions
    assert convert_parts(path, {"crs": "EPSG:99999"}, stream_bytes=0) == convert(path, {"crs": "EPSG:99999"})


def test_features_that_a_service_held_back_are_told(tmp_path: Path) -> None:
    """How many came is not known before they are read."""
    path = tmp_path / "resource"
    path.write_bytes(_geojson(exceededTransferLimit=True))
    assert [made.choice for made in _split(path)[0].decisions if made.confidence == "doubtful"] == ["not all features"]
