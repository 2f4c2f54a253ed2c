"""A layer of a map server that gives its features page by page."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit

import orjson

from headrace.simulate.web_server import Reply

PAGE_FEATURES: Final = 5
"""How many features a page holds at most."""

JSON: Final = (("Content-Type", "application/json; charset=utf-8"),)


def answer_layer(features: Sequence[object], path: str) -> Reply:
    """What the layer says of itself, or the page that the query of `path` asks for."""
    parts = urlsplit(path)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if not parts.path.endswith("/query"):
        return Reply(orjson.dumps(_layer()), 200, JSON)
    start = int(query.get("resultOffset", "0"))
    stop = start + min(PAGE_FEATURES, int(query.get("resultRecordCount", str(PAGE_FEATURES))))
    page: dict[str, object] = {"type": "FeatureCollection", "features": list(features[start:stop])}
    if stop < len(features):
        page["properties"] = {"exceededTransferLimit": True}
    return Reply(orjson.dumps(page), 200, JSON)


def _layer() -> dict[str, object]:
    return {
        "name": "Conservation areas",
        "type": "Feature Layer",
        "geometryType": "esriGeometryPolygon",
        "maxRecordCount": PAGE_FEATURES,
        "objectIdField": "OBJECTID",
        "advancedQueryCapabilities": {"supportsPagination": True},
    }
