"""The run over all endpoints."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from threading import Event
from typing import Any

import pytest

from headrace.collect.endpoints import collect
from headrace.model.attempt import Attempt
from headrace.model.endpoint import Endpoint, hash_url
from headrace.model.error import LakeError
from headrace.simulate.web_server import Asked, Reply

BODY = b"reference,name\n1,Here\n"
DATA = Reply(BODY, headers=(("Content-Type", "text/csv"),))
Fixture = Callable[..., Any]


def test_every_endpoint_leaves_exactly_one_attempt(ask: Fixture, serve: Fixture) -> None:
    """Whatever becomes of an endpoint, there is one row about it, and it is told once it is recorded."""
    kinds = {
        "good": DATA,
        "gone": Reply(status=410),
        "page": Reply(b"<html>"),
        "cut": Reply(BODY, missing_bytes=4),
        "none": Reply(b""),
    }
    server = serve(lambda asked: kinds[asked.path.strip("/")])
    urls = [f"{server.origin}/{kind}" for kind in kinds]
    odd = [Endpoint("0" * 64, urls[0]), Endpoint(hash_url("x:"), "x:"), Endpoint(hash_url(""), "")]
    ledger = ask(*urls, *odd)
    assert sorted(attempt.endpoint for attempt in ledger.attempts) == sorted(
        [hash_url(url) for url in urls] + [each.endpoint for each in odd]
    )
    assert ledger.told == ledger.attempts
    assert [attempt.url for attempt in ledger.attempts if attempt.ok] == [urls[0]]
    assert all(attempt.reason for attempt in ledger.attempts if not attempt.ok)


def test_an_attempt_is_recorded_while_others_are_under_way(serve: Fixture, policy: Fixture) -> None:
    """A process that is killed loses the attempts that were under way, and no other."""
    recorded: list[Attempt] = []
    seen_by_slow: list[int] = []
    slow_is_under_way = Event()

    def answer(asked: Asked) -> Reply:
        if asked.path == "/slow":
            seen_by_slow.append(len(recorded))
            slow_is_under_way.set()
            return Reply(BODY) if recorded else Reply(BODY, status=503)
        slow_is_under_way.wait(5)
        return DATA

    server = serve(answer)
    urls = (f"{server.origin}/slow", f"{server.origin}/quick")
    collect(
        [Endpoint(hash_url(url), url) for url in urls],
        keep=lambda body: sha256(body).hexdigest(),
        record=recorded.append,
        previous={},
        policy=policy(first_wait_seconds=0.2),
        clock=lambda: datetime.now(UTC),
    )
    assert [attempt.url for attempt in recorded] == [urls[1], urls[0]]
    assert seen_by_slow == [0, 1]


def test_a_key_that_is_not_the_hash_of_its_url_is_refused(ask: Fixture, serve: Fixture) -> None:
    """The key is what everything is filed under; a wrong one would file data under another endpoint."""
    server = serve(lambda asked: DATA)
    attempt = ask(Endpoint("0" * 64, f"{server.origin}/data.csv")).attempts[0]
    right = hash_url(f"{server.origin}/data.csv")
    assert attempt.reason == f"the key of the endpoint is not the SHA-256 of its URL, {right}"
    assert (attempt.endpoint, attempt.tries, server.asked) == ("0" * 64, 0, [])


def test_a_plugin_that_is_not_known_is_said_so(ask: Fixture, serve: Fixture) -> None:
    """Kinds of service that nothing here can ask are not asked as if they were files."""
    server = serve(lambda asked: DATA)
    url = f"{server.origin}/query"
    attempt = ask(Endpoint(hash_url(url), url, plugin="teletext")).attempts[0]
    assert (attempt.reason, server.asked) == ("plugin 'teletext' is not supported yet", [])


def test_a_feature_service_is_asked_its_one_question(ask: Fixture, serve: Fixture) -> None:
    """The answer of a Web Feature Service is kept as served, with the moment it carries."""
    body = b'<wfs:FeatureCollection timeStamp="2026-11-02T00:57:05"/>'
    server = serve(lambda asked: Reply(body))
    url = f"{server.origin}/wfs?request=GetFeature"
    ledger = ask(Endpoint(hash_url(url), url, plugin="wfs"))
    assert list(ledger.kept.values()) == [body]


def test_what_is_known_is_not_sent_again(ask: Fixture, serve: Fixture) -> None:
    """The validators of the last success make the question conditional; status 304 stands for the same resource."""

    def answer(asked: Asked) -> Reply:
        known = asked.headers.get("if-none-match") == '"v1"'
        return Reply(status=304) if known else Reply(BODY, headers=(*DATA.headers, ("ETag", '"v1"')))

    server = serve(answer)
    url = f"{server.origin}/data.csv"
    first = ask(url).of(url)
    ledger = ask(url, previous={first.endpoint: first})
    second = ledger.of(url)
    assert (second.status, second.resource, second.bytes, second.etag) == (304, first.resource, 0, '"v1"')
    assert second.content_type == "text/csv"
    assert second.ok
    assert ledger.kept == {}


def test_a_date_makes_a_condition_too(ask: Fixture, serve: Fixture) -> None:
    """Servers without entity tags are told when the last body was changed."""
    dated = (*DATA.headers, ("Last-Modified", "Mon, 02 Nov 2026 03:00:00 GMT"))
    server = serve(lambda asked: Reply(status=304) if asked.visit > 1 else Reply(BODY, headers=dated))
    url = f"{server.origin}/data.csv"
    first = ask(url).of(url)
    assert ask(url, previous={first.endpoint: first}).of(url).ok
    assert server.asked[1].headers["if-modified-since"] == "Mon, 02 Nov 2026 03:00:00 GMT"


def test_a_failure_of_the_store_ends_the_run(ask: Fixture, serve: Fixture, policy: Fixture) -> None:
    """What cannot be kept must not be passed over: the run ends with the error of the store."""
    server = serve(lambda asked: DATA)
    url = f"{server.origin}/data.csv"

    def refuse(body: bytes) -> str:
        raise LakeError("no space left")

    with pytest.raises(LakeError, match="no space left"):
        collect(
            [Endpoint(hash_url(url), url)],
            keep=refuse,
            record=lambda attempt: None,
            previous={},
            policy=policy(),
            clock=lambda: datetime.now(UTC),
        )


def test_moments_are_those_of_the_asking(ask: Fixture, serve: Fixture) -> None:
    """Time spent waiting for a turn is not time spent asking."""
    server = serve(lambda asked: Reply(BODY, delay_seconds=0.1))
    ledger = ask(*(f"{server.origin}/{number}" for number in range(4)), per_host=1)
    spans = sorted((attempt.started_at, attempt.finished_at) for attempt in ledger.attempts)
    assert all(finish <= start for (_, finish), (start, _) in pairwise(spans))
    assert all(finish - start >= timedelta(seconds=0.1) for start, finish in spans)


def test_no_endpoints_make_no_attempts(ask: Fixture) -> None:
    """A night without endpoints is a night."""
    assert ask().attempts == []
