"""Whose turn it is."""

import socket
from collections.abc import Callable
from threading import Lock
from time import sleep
from typing import Any

from headrace.simulate.web_server import Asked, Reply

DATA = Reply(b"reference,name\n1,Here\n")
Fixture = Callable[..., Any]


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_host_is_never_asked_by_more_than_its_share(ask: Fixture, serve: Fixture) -> None:
    """The server counts: however many endpoints it has, no more than its share is under way at once."""

    def answer(asked: Asked) -> Reply:
        sleep(0.02)
        return DATA

    server = serve(answer)
    ledger = ask(*(f"{server.origin}/{number}" for number in range(20)), per_host=3, at_once=10)
    assert sum(attempt.ok for attempt in ledger.attempts) == 20
    assert 1 < server.most_at_once <= 3


def test_all_hosts_together_are_never_asked_by_more_than_the_whole(ask: Fixture, serve: Fixture) -> None:
    """The limit over all hosts holds whatever each of them would grant."""
    under_way, most, lock = 0, 0, Lock()

    def answer(asked: Asked) -> Reply:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        sleep(0.02)
        with lock:
            under_way -= 1
        return DATA

    servers = [serve(answer) for _ in range(4)]
    urls = [f"{server.origin}/{number}" for server in servers for number in range(5)]
    ledger = ask(*urls, per_host=4, at_once=5)
    assert sum(attempt.ok for attempt in ledger.attempts) == 20
    assert 1 < most <= 5


def test_a_crowd_in_front_of_one_host_keeps_no_other_waiting(ask: Fixture, serve: Fixture) -> None:
    """Those who wait for a slow host hold no place that others could use."""

    def answer_slowly(asked: Asked) -> Reply:
        sleep(0.1)
        return DATA

    slow, quick = serve(answer_slowly), serve(lambda asked: DATA)
    ledger = ask(*(f"{slow.origin}/{n}" for n in range(6)), f"{quick.origin}/data", per_host=1, at_once=2)
    assert ledger.attempts[0].url == f"{quick.origin}/data"


def test_a_dead_host_is_given_up(ask: Fixture) -> None:
    """After enough failures in a row, robots.txt included, its other endpoints fail at once, each with that reason."""
    origin = f"http://127.0.0.1:{_free_port()}"
    ledger = ask(*(f"{origin}/{number}" for number in range(10)), per_host=1, tries=3, host_failures=4)
    asked = sum(attempt.tries for attempt in ledger.attempts)
    given_up = [attempt for attempt in ledger.attempts if attempt.tries == 0]
    assert len(ledger.attempts) == 10
    assert asked == 3
    assert {attempt.reason for attempt in given_up} == {
        f"not asked: {origin.removeprefix('http://')} had just failed 4 times in a row"
    }


def test_a_host_that_answers_at_times_is_not_given_up(ask: Fixture, serve: Fixture) -> None:
    """Only failures in a row count; an answer of any kind, a refusal too, is a sign of life."""

    def answer(asked: Asked) -> Reply:
        number = int(asked.path.strip("/"))
        return Reply(status=404) if number % 2 else Reply(DATA.body, missing_bytes=3)

    server = serve(answer)
    ledger = ask(*(f"{server.origin}/{n}" for n in range(10)), per_host=1, tries=1, host_failures=2)
    assert [attempt.tries for attempt in ledger.attempts] == [1] * 10
