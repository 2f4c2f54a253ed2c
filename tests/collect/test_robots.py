"""What hosts ask of robots."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from time import monotonic
from typing import Any

import pytest

from headrace.simulate.web_server import Asked, Reply, WebServer

DATA = Reply(b"reference,name\n1,Here\n")
Fixture = Callable[..., Any]


@pytest.fixture
def host() -> Iterator[Callable[[Reply], WebServer]]:
    """Start hosts that have data under every path, and this robots.txt."""
    with ExitStack() as servers:
        yield lambda robots: servers.enter_context(WebServer(lambda asked: DATA, robots=robots))


def test_what_it_forbids_is_left_alone(host: Fixture, ask: Fixture) -> None:
    """The path is not asked, the attempt says why, and the rest of the host is asked."""
    server = host(Reply(b"User-agent: *\nDisallow: /private/\n"))
    ledger = ask(f"{server.origin}/private/a.csv", f"{server.origin}/b.csv")
    assert [asked.path for asked in server.asked] == ["/b.csv"]
    refused = ledger.of(f"{server.origin}/private/a.csv")
    assert refused.reason == f"not asked: {server.origin}/robots.txt asks robots to leave /private/a.csv alone"
    assert refused.tries == 0


def test_it_can_name_this_program(host: Fixture, ask: Fixture) -> None:
    """A group of rules for Headrace counts for it, and one for others does not."""
    server = host(Reply(b"User-agent: Headrace\nDisallow: /a.csv\n\nUser-agent: Other\nDisallow: /\n"))
    ledger = ask(f"{server.origin}/a.csv", f"{server.origin}/b.csv")
    assert {attempt.url[-5:]: attempt.ok for attempt in ledger.attempts} == {"a.csv": False, "b.csv": True}


def test_it_can_be_left_unread(host: Fixture, ask: Fixture) -> None:
    """Where a publisher has agreed to be collected from, whatever its robots.txt says."""
    server = host(Reply(b"User-agent: *\nDisallow: /\n"))
    assert ask(f"{server.origin}/a.csv", respect_robots=False).attempts[0].ok


def test_the_delay_it_asks_for_is_kept(ask: Fixture, serve: Fixture) -> None:
    """However many may ask a host at once, the starts lie that far apart, up to a limit."""
    moments: list[float] = []

    def answer(asked: Asked) -> Reply:
        moments.append(monotonic())
        return DATA

    server = serve(answer)
    server.robots = Reply(b"User-agent: *\nCrawl-delay: 5\n")
    ask(*(f"{server.origin}/{n}" for n in range(4)), longest_delay_seconds=0.15, per_host=4)
    assert len(moments) == 4
    # From the first to the last: a busy machine may notice one of them late, and the next in time.
    assert moments[-1] - moments[0] > 0.3


def test_a_delay_of_our_own_is_kept(ask: Fixture, serve: Fixture) -> None:
    """Hosts that ask for nothing are not hurried either."""
    moments: list[float] = []

    def answer(asked: Asked) -> Reply:
        moments.append(monotonic())
        return DATA

    server = serve(answer)
    ask(*(f"{server.origin}/{n}" for n in range(4)), host_delay_seconds=0.1)
    # From the first to the last: a busy machine may notice one of them late, and the next in time.
    assert moments[-1] - moments[0] > 0.2


@pytest.mark.parametrize(
    "robots",
    [
        Reply(b"gone", 404),
        Reply(b"broken", 500),
        Reply(b"<!DOCTYPE html><title>Welcome</title>"),
        Reply(b"\xff\xfe\x00Disallow: /"),
        Reply(b"User-agent: *\nDisallow: /\n", missing_bytes=5),
        Reply(status=302, headers=(("Location", "/robots.txt"),)),
        Reply(status=302, headers=(("Location", "ftp://127.0.0.1/robots.txt"),)),
        Reply(b"late", delay_seconds=3),
    ],
    ids=["missing", "failing", "a page", "no text", "cut short", "in a circle", "elsewhere", "late"],
)
def test_what_cannot_be_had_forbids_nothing(robots: Reply, host: Fixture, ask: Fixture) -> None:
    """The endpoint was named to be collected."""
    server = host(robots)
    assert ask(f"{server.origin}/a.csv", connect_seconds=0.3).attempts[0].ok


def test_it_is_read_once(ask: Fixture, serve: Fixture) -> None:
    """One question a run and host, before the first page, however many pages there are."""
    server = serve(lambda asked: Reply(b"User-agent: *\nDisallow: /no\n") if asked.path == "/rules" else DATA)
    server.robots = Reply(status=301, headers=(("Location", "/rules"),))
    ledger = ask(*(f"{server.origin}/{path}" for path in ("a", "b", "no")))
    assert [asked.path for asked in server.asked].count("/rules") == 1
    assert server.asked[0].path == "/rules"
    assert sum(attempt.ok for attempt in ledger.attempts) == 2
