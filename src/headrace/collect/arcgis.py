"""A layer of an ArcGIS server becomes one FeatureCollection, asked for page by page.

Source: the "Query (Feature Service/Layer)" operation of the ArcGIS REST API. Layers that cannot be paged are fetched
only where they fit into one page.
"""

import re
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import orjson

from headrace.collect.answer import Answer, Unanswered, Unchanged
from headrace.collect.fetch import ask
from headrace.collect.parameters import read_text, read_whole_number
from headrace.collect.visit import Visit

Object = dict[str, Any]  # JSON as a server sends it: its shape is what is being found out
SERVICE: Final = re.compile(r"/(?:Feature|Map)Server$", re.IGNORECASE)
"""How the URL of a service ends; that of a layer has a number after it."""

PAGE_FEATURES: Final = 1000
"""How many features are asked for at once where the layer does not say how many it gives."""


async def fetch_layer(visit: Visit) -> Answer:
    """All features of the layer at the endpoint's URL, in longitude and latitude (WGS84), in the order of their ids.

    The resource does not depend on the size of the pages. The parameter `max_page_size` makes them smaller; `layer` is
    the number or the name of the layer where the URL is that of a service with several.

    Raises:
        Unanswered: the layer, or one of its pages, cannot be had.
    """
    layer_url = await _find_layer(visit, _layer_url(visit.endpoint.url))
    layer = await _ask_object(visit, layer_url, {"f": "json"})
    page_features = _page_features(visit, layer)
    pageable = (layer.get("advancedQueryCapabilities") or {}).get("supportsPagination", False)
    query = {"where": "1=1", "outFields": "*", "outSR": "4326", "f": "geojson"}
    if identifier := layer.get("objectIdField"):
        query["orderByFields"] = f"{identifier} ASC"
    features: list[object] = []
    while True:
        window = {"resultOffset": str(len(features)), "resultRecordCount": str(page_features)} if pageable else {}
        page = await _ask_object(visit, f"{layer_url}/query", query | window)
        found = page.get("features")
        if not isinstance(found, list):
            raise Unanswered("the map server sent a page without features", status=200, final_url=layer_url)
        features += found
        if not _has_more(page) or not found:
            break
        if not pageable:
            reason = f"the layer holds more than the {len(found)} features it gives at once, and cannot be paged"
            raise Unanswered(reason, status=200, final_url=layer_url)
    return Answer(_collection(features), 200, layer_url, "application/geo+json")


def _layer_url(url: str) -> str:
    """The URL of the layer itself, whether the endpoint's ends in a slash or goes on to `query`."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix("/query").rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _page_features(visit: Visit, layer: Object) -> int:
    wanted = layer.get("maxRecordCount")
    most = wanted if isinstance(wanted, int) and wanted > 0 else PAGE_FEATURES
    given = read_whole_number(visit.endpoint, "max_page_size")
    return most if given is None else max(1, min(most, given))


async def _find_layer(visit: Visit, url: str) -> str:
    """The URL of the layer that is meant, where a URL is that of a service: its only one, or that named as `layer`."""
    if not SERVICE.search(url):
        return url
    service = await _ask_object(visit, url, {"f": "json"})
    listed = service.get("layers")
    layers = [each for each in listed if not each.get("subLayerIds")] if isinstance(listed, list) else []
    wanted = read_text(visit.endpoint, "layer")
    meant = [each for each in layers if wanted is None or wanted in (str(each.get("id")), each.get("name"))]
    if len(meant) == 1:
        return f"{url}/{meant[0]['id']}"
    named = ", ".join(f"{each.get('id')} {each.get('name')!r}" for each in layers) or "none"
    problem = "the URL is that of a service, not of a layer" if wanted is None else f"it has no one layer {wanted!r}"
    reason = f"{problem}; its layers are: {named}; name one in `parameters` as `layer`"
    raise Unanswered(reason, status=200, final_url=url)


async def _ask_object(visit: Visit, url: str, query: dict[str, str]) -> Object:
    answer = await ask(visit, f"{url}?{urlencode(query)}")
    if isinstance(answer, Unchanged):  # pragma: no cover - no condition was sent
        raise Unanswered("the map server answered a question that was not asked", status=304, final_url=url)
    try:
        found = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise Unanswered(f"the map server did not send JSON: {error}", status=200, final_url=url) from error
    if not isinstance(found, dict):
        raise Unanswered("the map server did not send a JSON object", status=200, final_url=url)
    return found


def _has_more(page: Object) -> bool:
    """Whether the server held features back; it says so in one of two places, by version."""
    properties = page.get("properties") or {}
    return bool(page.get("exceededTransferLimit") or properties.get("exceededTransferLimit"))


def _collection(features: list[object]) -> bytes:
    lines = b",\n".join(orjson.dumps(feature) for feature in features)
    return b'{"type":"FeatureCollection","features":[\n' + lines + b"\n]}\n"
