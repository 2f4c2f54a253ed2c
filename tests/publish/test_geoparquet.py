"""A dataset as GeoParquet."""

from pathlib import Path

import numpy as np
import orjson
import polars as pl
import shapely
from polars.testing import assert_frame_equal

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.document import read_shapes
from headrace.publish.geoparquet import write_geoparquet

Tables = dict[str, pl.DataFrame]
PLACES = ("geometry", "point")


def metadata(path: Path) -> dict[str, object]:
    said: dict[str, object] = orjson.loads(pl.read_parquet_metadata(path)["geo"])
    return said


def test_table_comes_through(conservation: Tables, tmp_path: Path) -> None:
    """The columns of the entity table with their types; geometry is the entity's or its point's, in binary."""
    write_geoparquet(conservation["entity"].reverse(), tmp_path / "d.parquet")

    found = pl.read_parquet(tmp_path / "d.parquet").sort("entity")
    expected = conservation["entity"].select(DATASET_TABLES["entity"].names()).sort("entity")
    assert_frame_equal(expected.drop(PLACES), found.drop(*PLACES, "bbox"))
    shapes = shapely.from_wkb(found["geometry"].to_list())
    assert read_shapes(expected).tolist() == shapes.tolist()


def test_the_covering_is_the_bounding_box(conservation: Tables, tmp_path: Path) -> None:
    """Each box holds its geometry and nothing else; what has no place has none."""
    write_geoparquet(conservation["entity"], tmp_path / "d.parquet")

    found = pl.read_parquet(tmp_path / "d.parquet")
    assert found["bbox"].is_null().to_list() == found["geometry"].is_null().to_list()
    placed = found.drop_nulls("bbox")
    boxes = placed["bbox"].struct.unnest().to_numpy()
    assert np.array_equal(boxes, shapely.bounds(shapely.from_wkb(placed["geometry"].to_list())))


def test_the_metadata_are_those_of_geoparquet(conservation: Tables, tmp_path: Path) -> None:
    """Version, primary column, encoding, kinds of geometry, extent and covering are said."""
    write_geoparquet(conservation["entity"], tmp_path / "d.parquet")

    said = metadata(tmp_path / "d.parquet")
    assert ("1.1.0", "geometry") == (said["version"], said["primary_column"])
    column = said["columns"]["geometry"]  # type: ignore[index]
    assert "WKB" == column["encoding"]
    assert ["bbox", "xmin"] == column["covering"]["bbox"]["xmin"]
    shapes = read_shapes(conservation["entity"])
    assert shapely.total_bounds(shapes).tolist() == column["bbox"]
    assert {shape.geom_type for shape in shapes if shape is not None} == set(column["geometry_types"])


def test_near_things_are_near_one_another(tmp_path: Path) -> None:
    """Of a thousand places in disorder, the next row is near by: a tenth of the way it would be at random."""
    random = np.random.default_rng(7)
    places = random.random((1_000, 2))
    entity = pl.DataFrame(
        {"entity": range(1_000), "point": [f"POINT({x} {y})" for x, y in places]},
    ).with_columns(
        pl.lit(None, kind).alias(name)
        for name, kind in DATASET_TABLES["entity"].items()
        if name not in ("entity", "point")
    )
    write_geoparquet(entity, tmp_path / "d.parquet")

    order = pl.read_parquet(tmp_path / "d.parquet")["entity"].to_numpy()
    steps = np.linalg.norm(np.diff(places[order], axis=0), axis=1).mean()
    assert steps < 0.1 * np.linalg.norm(np.diff(places, axis=0), axis=1).mean()


def test_nothing_is_a_table_too(tmp_path: Path) -> None:
    """A dataset without entities is an empty file that says what it would hold."""
    write_geoparquet(pl.DataFrame(schema=DATASET_TABLES["entity"]), tmp_path / "d.parquet")

    assert 0 == pl.read_parquet(tmp_path / "d.parquet").height
    assert "geometry" == metadata(tmp_path / "d.parquet")["primary_column"]


def test_same_rows_same_bytes(conservation: Tables, tmp_path: Path) -> None:
    """The order in which entities came does not show in the file."""
    write_geoparquet(conservation["entity"], tmp_path / "a")
    write_geoparquet(conservation["entity"].reverse(), tmp_path / "b")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
