"""How long the parts of a request take, and what else a row of the log says of it."""

from collections.abc import Callable
from typing import Any

import orjson

from headrace.simulate.web_server import Asked, Reply

BODY = b"reference,name\n1,Here\n"
Fixture = Callable[..., Any]


def test_the_parts_of_a_request_are_timed(ask: Fixture, serve: Fixture) -> None:
    """The name is resolved, a connection made, the first byte comes when the server lets it, and the last after it."""
    server = serve(lambda asked: Reply(BODY, delay_seconds=0.1))
    attempt = ask(f"{server.origin}/a.csv").attempts[0]
    assert attempt.dns_ms is not None
    assert attempt.connect_ms is not None
    assert 0 < attempt.dns_ms + attempt.connect_ms < attempt.first_byte_ms <= attempt.total_ms
    assert attempt.first_byte_ms > 100


def test_a_request_that_came_to_nothing_has_the_times_it_came_to(ask: Fixture) -> None:
    """Nothing listens there: the name was resolved, and that is all."""
    attempt = ask("http://127.0.0.1:9/a.csv", tries=1, respect_robots=False).attempts[0]
    assert (attempt.connect_ms, attempt.first_byte_ms) == (None, None)
    assert attempt.dns_ms is not None
    assert attempt.total_ms is not None


def test_waiting_for_a_turn_is_not_asking(ask: Fixture, serve: Fixture) -> None:
    """Five requests one after the other take long together, and none of them does."""
    server = serve(lambda asked: Reply(BODY, delay_seconds=0.1))
    attempts = ask(*(f"{server.origin}/{n}" for n in range(5)), per_host=1).attempts
    assert max(attempt.total_ms for attempt in attempts) < 400


def test_every_hop_is_told(ask: Fixture, serve: Fixture) -> None:
    """Status and address of each redirection, in order, and where they led."""

    def answer(asked: Asked) -> Reply:
        onward = {"/a": (301, "/b"), "/b": (307, "/c")}.get(asked.path)
        return Reply(BODY) if onward is None else Reply(status=onward[0], headers=(("Location", onward[1]),))

    server = serve(answer)
    attempt = ask(f"{server.origin}/a").attempts[0]
    assert orjson.loads(attempt.redirects) == [[301, f"{server.origin}/a"], [307, f"{server.origin}/b"]]
    assert (attempt.final_url, attempt.tries) == (f"{server.origin}/c", 1)


def test_without_hops_there_are_none(ask: Fixture, serve: Fixture) -> None:
    """Missing is absent, not an empty list."""
    server = serve(lambda asked: Reply(BODY))
    assert ask(f"{server.origin}/a").attempts[0].redirects is None


def test_headers_that_matter_are_kept(ask: Fixture, serve: Fixture) -> None:
    """Of good answers and of bad; cookies and the like are not."""
    told = (("Cache-Control", "max-age=60"), ("Set-Cookie", "a=b"))
    server = serve(lambda asked: Reply(BODY, 404 if asked.path == "/bad" else 200, told))
    for attempt in ask(f"{server.origin}/good", f"{server.origin}/bad").attempts:
        headers = orjson.loads(attempt.headers)
        assert headers["cache-control"] == "max-age=60"
        assert headers["content-length"] == str(len(BODY))
        assert "set-cookie" not in headers
