"""Entities as the API says them: one JSON document and, where there is a geometry, one GeoJSON feature each.

Source: the shapes of the existing platform's API; GeoJSON is RFC 7946.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import orjson
import polars as pl
import shapely

Shapes: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]
"""Shapely geometries, None where there is none; numpy cannot say more of their type than object."""

ENTITY_FIELDS: Final = (
    "entry-date",
    "start-date",
    "end-date",
    "entity",
    "name",
    "dataset",
    "typology",
    "reference",
    "prefix",
    "organisation-entity",
    "geometry",
    "point",
    "quality",
)
"""The fields that every entity has, in the order of a document; those of its `json` follow."""

GEOMETRY_FIELDS: Final = ("geometry", "point")
"""The fields that a feature has as its geometry and not among its properties."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What is said of some entities, in the order of their frame.

    Attributes:
        documents: JSON objects, UTF-8; kebab-case names, `""` where there is no value.
        features: GeoJSON features; None where there is no geometry.
        shapes: the geometry, or else the point, WGS 84; None where there is neither.
        fields: every field that occurs beyond `ENTITY_FIELDS`.
    """

    documents: list[bytes]
    features: list[bytes | None]
    shapes: Shapes
    fields: frozenset[str]


def make_documents(entity: pl.DataFrame) -> Documents:
    """The documents of a frame of the `entity` table.

    A field of the `json` column that has the name of a column gives way to the column.
    """
    shapes = read_shapes(entity)
    geometries = shapely.to_geojson(shapes)
    documents: list[bytes] = []
    features: list[bytes | None] = []
    extra: set[str] = set()
    for said, geometry in zip(_say(entity), geometries, strict=True):
        documents.append(orjson.dumps(said))
        extra.update(list(said)[len(ENTITY_FIELDS) :])
        features.append(None if geometry is None else _feature(said, geometry))
    return Documents(documents, features, shapes, frozenset(extra))


def read_shapes(entity: pl.DataFrame) -> Shapes:
    """The geometry of each entity, or else its point; None where there is neither that can be read as WKT."""
    texts = entity.select(pl.coalesce(pl.col(*GEOMETRY_FIELDS).replace("", None))).to_series()
    shapes = _read_wkt(texts.to_numpy())
    shapes[shapely.is_empty(shapes)] = None
    return shapes


def read_points(entity: pl.DataFrame) -> Shapes:
    """The point of each entity; None where there is none that can be read as WKT."""
    return _read_wkt(entity["point"].replace("", None).to_numpy())


def _read_wkt(texts: np.ndarray[Any, np.dtype[np.object_]]) -> Shapes:
    try:
        shapes: Shapes = shapely.from_wkt(texts, on_invalid="ignore")
    except NotImplementedError:
        # Shapely gives up on all of them when one is a curve; the others must not suffer for it.
        if len(texts) == 1:
            return np.array([None], dtype=object)
        return np.concatenate([_read_wkt(half) for half in np.array_split(texts, 2)])
    return shapes


def read_json(entity: pl.DataFrame) -> Iterator[dict[str, object]]:
    """The `json` of each entity as a mapping, with kebab-case names; empty where there is none."""
    for text in entity["json"]:
        more = orjson.loads(text) if text else {}
        yield {name.replace("_", "-"): value for name, value in more.items()}


def _say(entity: pl.DataFrame) -> Iterator[dict[str, object]]:
    columns = [field.replace("-", "_") for field in ENTITY_FIELDS]
    rows = entity.select(pl.col(columns)).with_columns(pl.col(pl.String).fill_null("")).iter_rows()
    for row, more in zip(rows, read_json(entity), strict=True):
        said: dict[str, object] = dict(zip(ENTITY_FIELDS, row, strict=True))
        if said["organisation-entity"] is None:
            said["organisation-entity"] = ""
        for name, value in more.items():
            said.setdefault(name, "" if value is None else value)
        yield said


def _feature(said: dict[str, object], geometry: str) -> bytes:
    properties = {field: value for field, value in said.items() if field not in GEOMETRY_FIELDS}
    return b'{"geometry":%b,"type":"Feature","properties":%b}' % (geometry.encode(), orjson.dumps(properties))
