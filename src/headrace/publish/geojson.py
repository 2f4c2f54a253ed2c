"""A dataset as GeoJSON (RFC 7946), for maps."""

from pathlib import Path

import polars as pl

from headrace.publish.document import make_documents


def write_geojson(entity: pl.DataFrame, to: Path) -> None:
    """Write a FeatureCollection, one feature a line, of the entities that have a geometry or a point."""
    features = [feature for feature in make_documents(entity.sort("entity")).features if feature is not None]
    with to.open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for number, feature in enumerate(features):
            file.write(b",\n" if number else b"\n")
            file.write(feature)
        file.write(b"\n]}\n")
