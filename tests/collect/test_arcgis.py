"""Layers of map servers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from headrace.model.endpoint import Endpoint, hash_url
from headrace.simulate.map_service import answer_layer
from headrace.simulate.web_server import Asked, Reply

FEATURES: list[object] = [
    {"type": "Feature", "id": n, "properties": {"OBJECTID": n, "NAME": f"Area {n}"}, "geometry": None}
    for n in range(1, 13)
]
Fixture = Callable[..., Any]


def _layer(origin: str, tail: str = "", **other: str) -> Endpoint:
    url = f"{origin}/arcgis/rest/services/planning/FeatureServer/3{tail}"
    return Endpoint(hash_url(url), url, plugin="arcgis", **other)


def _features(ledger: Any) -> list[object]:
    (body,) = ledger.kept.values()
    collection = orjson.loads(body)
    assert collection["type"] == "FeatureCollection"
    return list(collection["features"])


@pytest.mark.parametrize("tail", ["", "/", "/query?where=1%3D1&f=geojson"])
def test_a_layer_is_fetched_whole(tail: str, ask: Fixture, serve: Fixture) -> None:
    """Pages are asked for until none is left, whichever of its addresses is configured."""
    server = serve(lambda asked: answer_layer(FEATURES, asked.path))
    ledger = ask(_layer(server.origin, tail))
    assert _features(ledger) == FEATURES
    queries = [parse_qs(urlsplit(asked.path).query) for asked in server.asked[1:]]
    assert [query["resultOffset"] for query in queries] == [["0"], ["5"], ["10"]]
    assert {query["orderByFields"][0] for query in queries} == {"OBJECTID ASC"}
    assert ledger.attempts[0].tries == 4


def test_the_resource_does_not_depend_on_the_size_of_pages(ask: Fixture, serve: Fixture) -> None:
    """A server that changes its page size has not changed its data."""
    server = serve(lambda asked: answer_layer(FEATURES, asked.path))
    large = ask(_layer(server.origin))
    small = ask(_layer(server.origin, parameters='{"max_page_size": 2}'))
    assert large.attempts[0].resource == small.attempts[0].resource
    assert small.attempts[0].tries == 7


def test_an_empty_layer_is_an_empty_collection(ask: Fixture, serve: Fixture) -> None:
    """A layer without features is data: there is nothing there."""
    server = serve(lambda asked: answer_layer([], asked.path))
    assert _features(ask(_layer(server.origin))) == []


def test_a_page_that_fails_fails_the_layer(ask: Fixture, serve: Fixture) -> None:
    """Some of the features would look like all of them."""

    def answer(asked: Asked) -> Reply:
        if "resultOffset=5" in asked.path:
            return Reply(b'{"error":{"code":500,"message":"Timed out"}}')
        return answer_layer(FEATURES, asked.path)

    attempt = ask(_layer(serve(answer).origin)).attempts[0]
    assert (attempt.resource, attempt.reason) == (None, "not data but an error report of a map service (JSON)")


def test_a_page_that_stumbles_is_asked_for_again(ask: Fixture, serve: Fixture) -> None:
    """Each page has the patience of a file."""

    def answer(asked: Asked) -> Reply:
        if "resultOffset=5" in asked.path and asked.visit == 1:
            return Reply(status=503)
        return answer_layer(FEATURES, asked.path)

    assert _features(ask(_layer(serve(answer).origin))) == FEATURES


def test_a_layer_that_cannot_be_paged_must_fit_into_one_page(ask: Fixture, serve: Fixture) -> None:
    """Old servers give the first features and keep the rest: that is no resource."""

    def answer(asked: Asked) -> Reply:
        if "/query" not in asked.path:
            return Reply(b'{"maxRecordCount": 1000}')
        return Reply(orjson.dumps({"features": FEATURES, "exceededTransferLimit": True}))

    attempt = ask(_layer(serve(answer).origin)).attempts[0]
    assert attempt.reason == "the layer holds more than the 12 features it gives at once, and cannot be paged"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"OK", "the map server did not send JSON"),
        (b"[1]", "the map server did not send a JSON object"),
        (b'{"count": 3}', "the map server sent a page without features"),
    ],
)
def test_what_is_no_page_is_said_so(body: bytes, reason: str, ask: Fixture, serve: Fixture) -> None:
    """Servers send all kinds of things under all kinds of addresses."""
    attempt = ask(_layer(serve(lambda asked: Reply(body)).origin)).attempts[0]
    assert attempt.reason.startswith(reason)
    assert attempt.resource is None


@pytest.mark.parametrize("parameters", ["5", "{", '{"max_page_size": "many"}'])
def test_parameters_that_cannot_be_read_are_said_so(parameters: str, ask: Fixture, serve: Fixture) -> None:
    """A slip in the configuration is not passed over."""
    server = serve(lambda asked: answer_layer(FEATURES, asked.path))
    attempt = ask(_layer(server.origin, parameters=parameters)).attempts[0]
    assert attempt.reason.startswith(f"parameters {parameters!r} are not a JSON object")


LAYERS = [
    {"id": 0, "name": "Planning", "subLayerIds": [1, 2]},
    {"id": 1, "name": "Conservation areas", "subLayerIds": None},
    {"id": 2, "name": "Listed buildings"},
]


def _service(layers: list[dict[str, object]]) -> Callable[[Asked], Reply]:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/arcgis/rest/services/planning/MapServer?f=json":
            return Reply(orjson.dumps({"layers": layers}))
        assert asked.path.startswith("/arcgis/rest/services/planning/MapServer/1")
        return answer_layer(FEATURES, asked.path)

    return answer


@pytest.mark.parametrize("parameters", [None, '{"layer": 1}', '{"layer": "Conservation areas"}'])
def test_the_layer_of_a_service_is_found(parameters: str | None, ask: Fixture, serve: Fixture) -> None:
    """Its only layer, groups left aside, or the one that is named, by number or by name."""
    layers = LAYERS[:2] if parameters is None else LAYERS
    url = f"{serve(_service(layers)).origin}/arcgis/rest/services/planning/MapServer"
    assert _features(ask(Endpoint(hash_url(url), url, "arcgis", parameters))) == FEATURES


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        (None, "the URL is that of a service, not of a layer"),
        ('{"layer": 7}', "it has no one layer '7'"),
    ],
)
def test_one_of_several_layers_must_be_named(
    parameters: str | None, problem: str, ask: Fixture, serve: Fixture
) -> None:
    """The reason lists them, and says where the name belongs."""
    url = f"{serve(_service(LAYERS)).origin}/arcgis/rest/services/planning/MapServer/"
    attempt = ask(Endpoint(hash_url(url), url, "arcgis", parameters)).attempts[0]
    assert attempt.reason == (
        f"{problem}; its layers are: 1 'Conservation areas', 2 'Listed buildings'; name one in `parameters` as `layer`"
    )
