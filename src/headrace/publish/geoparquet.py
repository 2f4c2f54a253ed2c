"""A dataset as GeoParquet, for analysis: the entity table with its geometry in binary, near things near one another.

Source: GeoParquet 1.1.0, with the covering by a bounding box.
"""

from pathlib import Path
from typing import Final

import numpy as np
import orjson
import polars as pl
import shapely

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.document import Shapes, read_points, read_shapes
from headrace.publish.hilbert import Bounds, hilbert_distance

ROWS: Final = 5_000
"""Rows of a group: what a reader that looks for a place has to read at least."""

EDGES: Final = ("xmin", "ymin", "xmax", "ymax")


def write_geoparquet(entity: pl.DataFrame, to: Path) -> None:
    """Write the entities in the order of their places along a Hilbert curve; those without a place come last.

    The columns are those of the `entity` table, compressed with Zstandard. `geometry` is WKB, WGS 84, longitude first:
    the entity's geometry, or its point where it has none. `point` is WKB too. `bbox` is a struct of `xmin`, `ymin`,
    `xmax` and `ymax` in degrees, null where there is no place.
    """
    schema = DATASET_TABLES["entity"]
    rows = entity.select(schema.names()).cast(schema).sort("entity")
    shapes = read_shapes(rows)
    bounds = shapely.bounds(shapes)
    edges = [pl.Series(edge, bounds[:, number]).fill_nan(None) for number, edge in enumerate(EDGES)]
    placed = rows.with_columns(
        geometry=_wkb(shapes),
        point=_wkb(read_points(rows)),
        bbox=pl.when(edges[0].is_not_null()).then(pl.struct(edges)),
        place=pl.Series(hilbert_distance(bounds), dtype=pl.UInt64),
    )
    ordered = placed.sort("place", "entity", nulls_last=True).drop("place")
    ordered.write_parquet(to, compression="zstd", row_group_size=ROWS, metadata={"geo": _describe(shapes, bounds)})


def _wkb(shapes: Shapes) -> pl.Series:
    return pl.Series(list(shapely.to_wkb(shapes)), dtype=pl.Binary)


def _describe(shapes: Shapes, bounds: Bounds) -> str:
    """The metadata of the file, as JSON."""
    kinds = sorted({kind for kind in shapely.get_type_id(shapes).tolist() if kind >= 0})
    names = ("Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
             "GeometryCollection")  # fmt: skip
    column: dict[str, object] = {
        "encoding": "WKB",
        "geometry_types": [names[kind] for kind in kinds],
        "covering": {"bbox": {edge: ["bbox", edge] for edge in EDGES}},
    }
    if kinds:
        least, most = np.nanmin(bounds[:, :2], axis=0), np.nanmax(bounds[:, 2:], axis=0)
        column["bbox"] = [*least.tolist(), *most.tolist()]
    point = {"encoding": "WKB", "geometry_types": ["Point"]}
    said = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column, "point": point}}
    return orjson.dumps(said).decode()
