"""SPARQL services."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from headrace.model.endpoint import Endpoint, hash_url
from headrace.simulate.web_server import Reply
from headrace.store.configuration_files import read_collection
from headrace.store.query_file import read_query

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


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        ("", "there is no query; expected its text in `parameters` as `query`, or the name of its file after `#`"),
        (
            "#queries/places.rq",
            "the query file 'queries/places.rq' is not in the folder of the collection, or is no text in UTF-8",
        ),
    ],
)
def test_without_a_query_nothing_is_asked(tail: str, reason: str, ask: Fixture, serve: Fixture) -> None:
    """The reason says where it belongs, or which file is missing."""
    server = serve(lambda asked: Reply(TABLE, headers=CSV))
    assert ask(service(server.origin, tail)).attempts[0].reason == reason
    assert server.asked == []


def test_the_query_can_be_in_a_file(ask: Fixture, serve: Fixture, tmp_path: Path) -> None:
    """As the existing platform has it: its name stands after `#`, and the service never sees that name."""
    server = serve(lambda asked: Reply(TABLE, headers=CSV))
    endpoint = service(server.origin, "#queries/all places.rq")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "all places.rq").write_text("SELECT ?wikidata {}\n")
    (tmp_path / "endpoint.csv").write_text(f"endpoint,endpoint-url,plugin\n{endpoint.endpoint},{endpoint.url},sparql\n")
    (tmp_path / "source.csv").write_text("endpoint,organisation,pipelines\n")
    ledger = ask(*read_collection(tmp_path).endpoints)
    assert ledger.attempts[0].ok
    assert [asked.path for asked in server.asked] == ["/sparql?query=SELECT+%3Fwikidata+%7B%7D%0A"]


@pytest.mark.parametrize("name", ["../secret.rq", "absent.rq", "", ".", "not-text.rq", "%00"])
def test_only_text_in_the_folder_is_a_query(name: str, tmp_path: Path) -> None:
    """A name cannot lead out of the folder, and what is not there or is no text is none."""
    folder = tmp_path / "collection"
    folder.mkdir()
    (tmp_path / "secret.rq").write_text("SELECT")
    (folder / "not-text.rq").write_bytes(b"\xff\xfe")
    assert read_query(folder, f"https://places.example/sparql#{name}", "sparql") is None


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
