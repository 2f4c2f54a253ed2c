"""Web Feature Services that have to be asked more than one question."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest

from headrace.convert.resource import convert_bytes
from headrace.model.cells import Converted
from headrace.model.endpoint import Endpoint, hash_url
from headrace.simulate.web_server import Asked, Reply

NAMES = [f"Area {number}" for number in range(7)]
NAMESPACES = 'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:lpa="urn:lpa"'
Fixture = Callable[..., Any]


def gml(names: list[str], start: int, version: str) -> bytes:
    """A page of features, as the two versions write it."""
    areas = [
        f'<lpa:Area gml:id="Area.{start + number}"><lpa:name>{name}</lpa:name></lpa:Area>'
        for number, name in enumerate(names)
    ]
    bounds = "<gml:boundedBy><gml:Null>unknown</gml:Null></gml:boundedBy>"
    if version >= "2":
        said = f'numberMatched="7" numberReturned="{len(names)}" next="http://x.example/?startIndex=9"'
        members = "".join(f"<wfs:member>{area}</wfs:member>" for area in areas)
    else:
        said = f'numberOfFeatures="{len(names)}"'
        members = f"<gml:featureMembers>{''.join(areas)}</gml:featureMembers>"
    return (
        f'<?xml version="1.0"?>\n<wfs:FeatureCollection {NAMESPACES} {said}>{bounds}{members}</wfs:FeatureCollection>'
    ).encode()


def capabilities(*types: str) -> bytes:
    listed = "".join(
        f"<wfs:FeatureType><wfs:Name>{each}</wfs:Name><Title>t</Title></wfs:FeatureType>" for each in types
    )
    named = f"<FeatureTypeList>{listed}</FeatureTypeList>"
    return f"<wfs:WFS_Capabilities {NAMESPACES}>{named}</wfs:WFS_Capabilities>".encode()


def answer(asked: Asked, types: tuple[str, ...] = ("lpa:Area",)) -> Reply:
    """A map server that pages as it is asked to."""
    query = {name.lower(): value for name, value in parse_qsl(urlsplit(asked.path).query)}
    if query.get("request") == "GetCapabilities":
        return Reply(capabilities(*types), headers=(("Content-Type", "text/xml"),))
    version = query["version"]
    most = int(query.get("count" if version >= "2" else "maxfeatures", 100))
    start = int(query.get("startindex", 0))
    page = NAMES[start : start + most]
    if query.get("outputformat") == "application/json":
        features = [{"type": "Feature", "properties": {"name": name}, "geometry": None} for name in page]
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
        body = {"type": "FeatureCollection", "features": features, "crs": crs, "numberReturned": len(page)}
        return Reply(orjson.dumps(body), headers=(("Content-Type", "application/json"),))
    return Reply(gml(page, start, version), headers=(("Content-Type", "text/xml"),))


def service(origin: str, tail: str, **parameters: object) -> Endpoint:
    url = f"{origin}/wfs{tail}"
    return Endpoint(hash_url(url), url, "wfs", orjson.dumps(parameters).decode() if parameters else None)


def names(ledger: Any) -> list[str]:
    """The names in the resource, as they are read from it."""
    (body,) = ledger.kept.values()
    converted = convert_bytes(body)
    assert isinstance(converted, Converted), converted
    header, *rows = converted.cells.frame.drop("line").rows()
    return [row[header.index("name")] for row in rows]


QUESTIONS = {
    "2.0.0": "?service=WFS&version=2.0.0&request=GetFeature&typeNames=lpa:Area",
    "1.1.0": "?service=WFS&version=1.1.0&request=GetFeature&typeName=lpa:Area",
    "JSON": "?service=WFS&version=2.0.0&request=GetFeature&typeNames=lpa:Area&outputFormat=application/json",
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 8])
def test_pages_make_one_collection(question: str, page_size: int, ask: Fixture, serve: Fixture) -> None:
    """Whatever the size of the pages, and whether or not the last is full, every feature is there once."""
    ledger = ask(service(serve(answer).origin, QUESTIONS[question], page_size=page_size))
    assert names(ledger) == NAMES
    assert ledger.attempts[0].tries == 7 // page_size + 1


def test_the_collection_does_not_depend_on_the_size_of_pages(ask: Fixture, serve: Fixture) -> None:
    """A team that changes the size of pages has not changed the data."""
    origin = serve(answer).origin
    resources = {
        ask(service(origin, QUESTIONS["2.0.0"], page_size=size)).attempts[0].resource for size in (2, 3, 7, 50)
    }
    assert len(resources) == 1


def test_a_page_that_fails_fails_the_whole(ask: Fixture, serve: Fixture) -> None:
    """Some of the features would look like all of them."""
    server = serve(lambda asked: Reply(status=404) if "startindex=4" in asked.path else answer(asked))
    attempt = ask(service(server.origin, QUESTIONS["2.0.0"], page_size=2)).attempts[0]
    assert (attempt.ok, attempt.reason) == (False, "answered 404 Not Found")


def test_a_server_that_does_not_page_is_found_out(ask: Fixture, serve: Fixture) -> None:
    """It would be asked for ever."""
    server = serve(lambda asked: Reply(gml(NAMES[:2], 0, "2.0.0")))
    attempt = ask(service(server.origin, QUESTIONS["2.0.0"], page_size=2)).attempts[0]
    assert attempt.reason == "the map server sends the same page whatever is asked for"
    assert attempt.tries == 2


def test_a_server_that_sends_more_than_asked_has_sent_all(ask: Fixture, serve: Fixture) -> None:
    """Old servers ignore the number and send everything at once."""
    server = serve(lambda asked: Reply(gml(NAMES, 0, "2.0.0")))
    assert names(ask(service(server.origin, QUESTIONS["2.0.0"], page_size=2))) == NAMES


@pytest.mark.parametrize("tail", ["", "?service=WFS", "?SERVICE=WFS&REQUEST=GetCapabilities"])
def test_the_only_type_is_found(tail: str, ask: Fixture, serve: Fixture) -> None:
    """The URL of a service is enough where it has one type of feature."""
    assert names(ask(service(serve(answer).origin, tail))) == NAMES


def test_one_of_several_types_must_be_named(ask: Fixture, serve: Fixture) -> None:
    """The reason lists them, and says where the name belongs."""
    server = serve(lambda asked: answer(asked, ("lpa:Area", "lpa:Tree")))
    attempt = ask(service(server.origin, "")).attempts[0]
    assert attempt.reason == (
        "the map server must be told a type of feature, and it has 2: lpa:Area, lpa:Tree; "
        "name one in `parameters` as `type_name`"
    )
    assert names(ask(service(server.origin, "", type_name="lpa:Area"))) == NAMES


def test_parameters_that_cannot_be_read_are_said_so(ask: Fixture, serve: Fixture) -> None:
    """A slip in the configuration is not passed over."""
    attempt = ask(service(serve(answer).origin, QUESTIONS["2.0.0"], page_size="many")).attempts[0]
    assert attempt.reason == (
        """parameters '{"page_size":"many"}' are not a JSON object with a whole number `page_size`"""
    )
