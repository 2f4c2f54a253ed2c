"""One URL is fetched."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic
from typing import Any

import pytest

from headrace.simulate.web_server import Asked, Reply, in_turn

CSV = (("Content-Type", "text/csv"),)
DATA = Reply(b"reference,name\n1,Here\n", headers=CSV)
Fixture = Callable[..., Any]


def test_bytes_are_kept_as_served(ask: Fixture, serve: Fixture) -> None:
    """A resource is what was served, to the byte, with what the server said about it."""
    headers = (*CSV, ("ETag", '"v1"'), ("Last-Modified", "Mon, 02 Nov 2026 03:00:00 GMT"))
    server = serve(lambda asked: Reply(b"\xef\xbb\xbfname\r\n\xa3\r\n", headers=headers))
    url = f"{server.origin}/register.csv"
    ledger = ask(url)
    attempt = ledger.of(url)
    assert ledger.kept[attempt.resource] == b"\xef\xbb\xbfname\r\n\xa3\r\n"
    assert (attempt.status, attempt.bytes, attempt.content_type, attempt.final_url) == (200, 12, "text/csv", url)
    assert (attempt.etag, attempt.last_modified) == ('"v1"', "Mon, 02 Nov 2026 03:00:00 GMT")
    assert (attempt.tries, attempt.reason, attempt.exception) == (1, None, None)


def test_publishers_see_who_asks(ask: Fixture, serve: Fixture) -> None:
    """The user agent names the program and whom to turn to."""
    server = serve(lambda asked: DATA)
    ask(f"{server.origin}/register.csv")
    assert server.asked[0].headers["user-agent"] == "Headrace planning data collector (+https://data.example/contact)"


def test_compression_on_the_way_is_removed(ask: Fixture, serve: Fixture) -> None:
    """A body that was compressed for the journey is kept as it is at its ends."""
    body = gzip.compress(b"reference,name\n1,Here\n")
    server = serve(lambda asked: Reply(body, headers=(*CSV, ("Content-Encoding", "gzip"))))
    url = f"{server.origin}/register.csv"
    ledger = ask(url)
    assert list(ledger.kept.values()) == [b"reference,name\n1,Here\n"]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(status: int, ask: Fixture, serve: Fixture) -> None:
    """Statuses of the passing kind are met with patience."""
    server = serve(in_turn(Reply(status=status), DATA))
    attempt = ask(f"{server.origin}/register.csv").attempts[0]
    assert attempt.ok
    assert attempt.tries == 2


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 418, 501])
def test_what_will_not_pass_is_tried_once(status: int, ask: Fixture, serve: Fixture) -> None:
    """Asking again for what is not there helps nobody."""
    server = serve(in_turn(Reply(status=status), DATA))
    attempt = ask(f"{server.origin}/register.csv").attempts[0]
    assert (attempt.status, attempt.resource, attempt.tries) == (status, None, 1)
    assert attempt.reason.startswith(f"answered {status} ")


def test_patience_ends(ask: Fixture, serve: Fixture) -> None:
    """After the last try the last status is the reason."""
    server = serve(in_turn(Reply(status=500), Reply(status=502), Reply(status=503), DATA))
    attempt = ask(f"{server.origin}/register.csv").attempts[0]
    assert (attempt.status, attempt.tries, attempt.reason) == (503, 3, "answered 503 Service Unavailable")


def test_a_server_is_left_alone_for_as_long_as_it_asks(ask: Fixture, serve: Fixture) -> None:
    """`Retry-After` holds for the whole host, not only for the request that met it."""
    moments: list[tuple[str, float]] = []

    def answer(asked: Asked) -> Reply:
        moments.append((asked.path, monotonic()))
        first = asked.path == "/first" and asked.visit == 1
        return Reply(status=429, headers=(("Retry-After", "1"),)) if first else DATA

    server = serve(answer)
    ledger = ask(f"{server.origin}/first", f"{server.origin}/second", per_host=1)
    assert [path for path, _ in moments] == ["/first", "/second", "/first"]
    assert moments[1][1] - moments[0][1] >= 0.95
    assert all(attempt.ok for attempt in ledger.attempts)


def test_a_wait_may_be_given_as_a_date(ask: Fixture, serve: Fixture) -> None:
    """`Retry-After` is either a number of seconds or a moment; one that has passed means at once."""
    past = format_datetime(datetime.now(UTC) - timedelta(minutes=1), usegmt=True)
    server = serve(in_turn(Reply(status=503, headers=(("Retry-After", past),)), DATA))
    begun = monotonic()
    attempt = ask(f"{server.origin}/register.csv", first_wait_seconds=30).attempts[0]
    assert attempt.ok
    assert monotonic() - begun < 10


def test_a_wait_that_cannot_be_read_is_no_wait(ask: Fixture, serve: Fixture) -> None:
    """Nonsense in `Retry-After` leaves the ordinary patience."""
    server = serve(in_turn(Reply(status=503, headers=(("Retry-After", "soon"),)), DATA))
    assert ask(f"{server.origin}/register.csv").attempts[0].tries == 2


def test_a_wait_that_was_asked_for_costs_no_try(ask: Fixture, serve: Fixture) -> None:
    """A host that is asked too often by all says nothing of this URL: it is still owed all of its tries."""
    wait = Reply(status=429, headers=(("Retry-After", "1"),))
    server = serve(in_turn(wait, Reply(status=500), wait, Reply(status=500), DATA))
    attempt = ask(f"{server.origin}/register.csv").attempts[0]
    assert (attempt.ok, attempt.tries) == (True, 5)


def test_waits_have_an_end(ask: Fixture, serve: Fixture) -> None:
    """Altogether they are no longer than the longest that is granted; then they cost tries as any failure does."""
    server = serve(lambda asked: Reply(status=429, headers=(("Retry-After", "1"),)))
    assert ask(f"{server.origin}/register.csv", longest_wait_seconds=1, tries=2).attempts[0].tries == 3


def test_a_wait_of_no_time_costs_a_try(ask: Fixture, serve: Fixture) -> None:
    """Otherwise a server that says 0 would be asked as fast as it answers."""
    server = serve(lambda asked: Reply(status=503, headers=(("Retry-After", "0"),)))
    assert ask(f"{server.origin}/register.csv").attempts[0].tries == 3


def test_blanks_around_an_address_are_not_asked_for(ask: Fixture, serve: Fixture) -> None:
    """Configuration has such addresses; their keys are hashes of the address with its blanks."""
    server = serve(lambda asked: DATA)
    assert ask(f" {server.origin}/register.csv ").attempts[0].ok
    assert server.asked[0].path == "/register.csv"


def test_a_wait_longer_than_the_run_is_left(ask: Fixture, serve: Fixture) -> None:
    """A server that asks for an hour gets a night."""
    server = serve(in_turn(Reply(status=429, headers=(("Retry-After", "3600"),)), DATA))
    attempt = ask(f"{server.origin}/register.csv", longest_wait_seconds=60).attempts[0]
    expected = "answered 429 Too Many Requests and asks to wait 3600 seconds, longer than the 60 of this run"
    assert attempt.reason == expected
    assert attempt.tries == 1


def test_redirections_are_followed_to_their_end(ask: Fixture, serve: Fixture) -> None:
    """Files move; where they were found in the end is recorded."""
    there = (("Location", "/new.csv"),)
    server = serve(lambda asked: Reply(status=301, headers=there) if asked.path == "/old.csv" else DATA)
    attempt = ask(f"{server.origin}/old.csv").attempts[0]
    assert attempt.ok
    assert (attempt.final_url, attempt.tries) == (f"{server.origin}/new.csv", 1)


def test_redirections_have_an_end(ask: Fixture, serve: Fixture) -> None:
    """A circle is left after as many redirections as the policy grants."""
    server = serve(lambda asked: Reply(status=302, headers=(("Location", "/again.csv"),)))
    attempt = ask(f"{server.origin}/again.csv", redirects=4).attempts[0]
    assert attempt.reason == "redirected more than 4 times"
    assert len(server.asked) == 5


def test_a_body_that_breaks_off_is_no_resource(ask: Fixture, serve: Fixture) -> None:
    """Half a register looks like a whole one: what was announced must arrive."""
    server = serve(lambda asked: Reply(b"reference,name\n1,Here\n", headers=CSV, missing_bytes=5))
    ledger = ask(f"{server.origin}/register.csv")
    attempt = ledger.attempts[0]
    assert (attempt.resource, attempt.status, attempt.tries) == (None, 200, 3)
    assert attempt.exception == "RemoteProtocolError"
    assert "broke off" in attempt.reason
    assert ledger.kept == {}


def test_a_web_page_is_no_resource(ask: Fixture, serve: Fixture) -> None:
    """Status 200 does not make data of a page for people."""
    server = serve(lambda asked: Reply(b"<!DOCTYPE html><html></html>", headers=(("Content-Type", "text/html"),)))
    attempt = ask(f"{server.origin}/register.csv").attempts[0]
    assert (attempt.status, attempt.resource, attempt.bytes) == (200, None, 28)
    assert attempt.reason == "not data but a web page"


def test_a_body_larger_than_allowed_is_left(ask: Fixture, serve: Fixture) -> None:
    """What is counted is the body after decompression, so that a small download cannot fill the memory."""
    body = gzip.compress(b"a,b\n" * 500_000)
    server = serve(lambda asked: Reply(body, headers=(*CSV, ("Content-Encoding", "gzip"))))
    attempt = ask(f"{server.origin}/register.csv", body_bytes=1_000_000).attempts[0]
    assert len(body) < 10_000
    assert attempt.reason == "the body is larger than 1000000 bytes"
    assert attempt.resource is None


def test_a_body_as_large_as_allowed_is_kept(ask: Fixture, serve: Fixture) -> None:
    """The limit itself is allowed."""
    server = serve(lambda asked: DATA)
    assert ask(f"{server.origin}/register.csv", body_bytes=len(DATA.body)).attempts[0].ok


def test_silence_is_not_waited_for(ask: Fixture, serve: Fixture) -> None:
    """A server that says nothing is left after the time that the policy grants."""
    server = serve(lambda asked: Reply(DATA.body, headers=CSV, delay_seconds=10))
    attempt = ask(f"{server.origin}/register.csv", read_seconds=0.2, tries=2).attempts[0]
    assert (attempt.exception, attempt.reason) == ("ReadTimeout", "the server fell silent for 0.2 seconds")
    assert attempt.tries == 2


def test_an_answer_has_to_be_complete_in_time(ask: Fixture, serve: Fixture) -> None:
    """A server that dribbles is never silent for long, and is left all the same."""
    server = serve(lambda asked: Reply(DATA.body, headers=CSV, delay_seconds=10))
    attempt = ask(f"{server.origin}/register.csv", whole_seconds=0.2, tries=1).attempts[0]
    assert attempt.reason == "the answer was not complete within 0.2 seconds"


def test_an_answer_that_was_not_asked_for_is_no_resource(ask: Fixture, serve: Fixture) -> None:
    """Status 304 means something only to those who said what they have."""
    server = serve(lambda asked: Reply(status=304))
    attempt = ask(f"{server.origin}/register.csv").attempts[0]
    assert (attempt.status, attempt.resource, attempt.reason) == (304, None, "answered 304 Not Modified")


@pytest.mark.parametrize(
    "url", ["ftp://data.example/register.csv", "register.csv", "http://", "http://[::1/x", "data:text/csv,a"]
)
def test_what_is_no_address_of_the_web_is_not_asked(url: str, ask: Fixture) -> None:
    """A slip in the configuration is an attempt with its reason, like any other failure."""
    attempt = ask(url).attempts[0]
    assert "is not " in attempt.reason
    assert (attempt.resource, attempt.tries) == (None, 0)
