"""SPARQL services."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from headrace.model.endpoint import Endpoint, hash_url
from headrace.simulate.web_server import Reply

TABLE = b'\xef\xbb\xbfwikidata,end_date,name\r\nhttp://www.wikidata.org/entity/Q21,,"Here, there"\r\n'
CSV = (("Content-Type", "text/csv;charset=utf-8"),)
Fixture = Callable[..., Any]


def service(origin: str, tail: str = "", **parameters: str) -> Endpoint:
    url = f"{origin}/sparql{tail}"
    return Endpoint(hash_url(url), url, "sparql", orjson.dumps(parameters).decode() if parameters else None)


def test_an_answer_becomes_a_table(ask: Fixture, serve: Fixture) -> None:
    """Columns in order of their names, `-` for `_`, keys of things without their address."""
    server = serve(lambda asked: Reply(TABLE, headers=CSV))
    ledger = ask(service(server.origin, query="SELECT * {?s ?p ?o}"))
    assert list(ledger.kept.values()) == [b'end-date,name,wikidata\n,"Here, there",Q21\n']
    (asked,) = server.asked
    assert parse_qs(urlsplit(asked.path).query) == {"query": ["SELECT * {?s ?p ?o}"]}
    assert asked.headers["accept"] == "text/csv"


def test_the_query_can_be_in_the_url(ask: Fixture, serve: Fixture) -> None:
    """Beside other parameters of the service, which are kept."""
    server = serve(lambda asked: Reply(TABLE, headers=CSV))
    assert ask(service(server.origin, "?query=ASK&default-graph-uri=x")).attempts[0].ok
    assert server.asked[0].path == "/sparql?query=ASK&default-graph-uri=x"


def test_without_a_query_nothing_is_asked(ask: Fixture, serve: Fixture) -> None:
    """The reason says where its text belongs."""
    server = serve(lambda asked: Reply(TABLE, headers=CSV))
    attempt = ask(service(server.origin, "#queries/places.rq")).attempts[0]
    assert attempt.reason == (
        "there is no query; expected its text in `parameters` as `query`, "
        "not the name of a file after `#` ('queries/places.rq')"
    )
    assert server.asked == []


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(b'{"head":{}}', headers=(("Content-Type", "application/sparql-results+json"),)), "it is application/"),
        (Reply(b"a,b\n1\n", headers=CSV), "its rows differ in length"),
        (Reply(b"a,b\n\xff,1\n", headers=CSV), "'utf-8' codec"),
        (Reply(b'a,b\n"1,2\n', headers=CSV), "unexpected end of data"),
    ],
)
def test_what_is_no_table_is_said_so(reply: Reply, problem: str, ask: Fixture, serve: Fixture) -> None:
    """Services answer in the format they like, whatever they are asked for."""
    attempt = ask(service(serve(lambda asked: reply).origin, query="ASK {}")).attempts[0]
    assert not attempt.ok
    assert attempt.reason.startswith(f"the answer to the query is not a table as CSV: {problem}")
