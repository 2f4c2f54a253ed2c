"""A dataset as GeoJSON."""

from pathlib import Path

import orjson
import polars as pl
import pyogrio

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.geojson import write_geojson

Tables = dict[str, pl.DataFrame]


def test_features_are_those_with_a_place(conservation: Tables, tmp_path: Path) -> None:
    """Entities with a geometry are features, by number; the others are in the other files."""
    write_geojson(conservation["entity"], tmp_path / "d.geojson")

    collection = orjson.loads((tmp_path / "d.geojson").read_bytes())
    assert "FeatureCollection" == collection["type"]
    assert [44000001, 44000002, 44000003, 44000010] == [
        feature["properties"]["entity"] for feature in collection["features"]
    ]


def test_geographic_software_reads_it(conservation: Tables, tmp_path: Path) -> None:
    """GDAL finds the features, their fields, and WGS 84."""
    write_geojson(conservation["entity"], tmp_path / "d.geojson")

    found = pyogrio.read_info(tmp_path / "d.geojson")
    assert (4, "EPSG:4326") == (found["features"], found["crs"])
    assert {"entity", "name", "documentation-url"} <= set(found["fields"])


def test_nothing_is_a_collection_too(tmp_path: Path) -> None:
    """A dataset without a place anywhere is an empty collection."""
    write_geojson(pl.DataFrame(schema=DATASET_TABLES["entity"]), tmp_path / "d.geojson")

    assert {"type": "FeatureCollection", "features": []} == orjson.loads((tmp_path / "d.geojson").read_bytes())


def test_same_rows_same_bytes(conservation: Tables, tmp_path: Path) -> None:
    """The order in which entities came does not show in the file."""
    write_geojson(conservation["entity"], tmp_path / "a")
    write_geojson(conservation["entity"].reverse(), tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
