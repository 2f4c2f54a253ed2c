"""A whole night, and an unchanged one after it, over a web that fails in every way."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from time import monotonic

import pytest

from headrace.collect.endpoints import collect
from headrace.collect.policy import Policy
from headrace.model.attempt import Attempt
from headrace.model.endpoint import Endpoint, hash_url
from headrace.simulate.flaky_web import RECOVERABLE, Condition, FlakyWeb, table_of

PATIENT = Policy(
    contact="https://data.example/contact",
    allow_loopback=True,
    host_delay_seconds=0.0,
    at_once=60,
    read_seconds=1.5,
    connect_seconds=5.0,
    first_wait_seconds=0.2,
)


class Nights:
    """Nights over one web: what each recorded, and how long it took."""

    def __init__(self, web: FlakyWeb) -> None:
        self.web = web
        self.kept: dict[str, bytes] = {}
        self.wall_seconds = 0.0

    def collect(self, previous: dict[str, Attempt]) -> dict[str, Attempt]:
        attempts: list[Attempt] = []
        begun = monotonic()
        collect(
            [Endpoint(hash_url(url), url) for url in self.web.urls],
            keep=self.keep,
            record=attempts.append,
            previous=previous,
            policy=PATIENT,
            clock=lambda: datetime.now(UTC),
        )
        self.wall_seconds = monotonic() - begun
        assert len(attempts) == self.web.addresses
        return {attempt.url: attempt for attempt in attempts}

    def keep(self, body: bytes) -> str:
        digest = sha256(body).hexdigest()
        self.kept[digest] = body
        return digest


@pytest.fixture(scope="module")
def nights() -> Iterator[Nights]:
    with FlakyWeb() as web:
        yield Nights(web)


@pytest.fixture(scope="module")
def first(nights: Nights) -> dict[str, Attempt]:
    """The attempts of the first night, by URL."""
    return nights.collect({})


def test_each_fault_has_its_share() -> None:
    """Of 500: 10% pass, 3% are gone, 2% are pages, 1% is cut short."""
    with FlakyWeb() as web:
        counts = Counter(web.urls.values())
    assert counts[Condition.STUMBLING] + counts[Condition.SILENT] == 50
    assert (counts[Condition.GONE], counts[Condition.PAGE], counts[Condition.CUT]) == (15, 10, 5)
    assert counts[Condition.STAMPED] == 15


def test_what_can_be_had_is_had(nights: Nights, first: dict[str, Attempt]) -> None:
    """At least 99.5% of what patience can get, in one run."""
    recoverable = [url for url, condition in nights.web.urls.items() if condition in RECOVERABLE]
    missed = {url: first[url].reason for url in recoverable if not first[url].ok}
    assert len(missed) <= 0.005 * len(recoverable), missed


def test_no_bad_body_is_kept(nights: Nights, first: dict[str, Attempt]) -> None:
    """Pages, parts and error messages are failed attempts with their reason, and never resources."""
    for url, condition in nights.web.urls.items():
        if condition not in RECOVERABLE:
            assert not first[url].ok, (condition, first[url])
            assert first[url].reason
    for url, condition in nights.web.urls.items():
        if condition in RECOVERABLE - {Condition.STAMPED} and first[url].resource:
            number = int(url.rpartition("/")[2].removesuffix(".csv"))
            assert nights.kept[first[url].resource] == table_of(number)


def test_no_limit_of_a_host_is_broken(nights: Nights, first: dict[str, Attempt]) -> None:
    """Nobody is asked by more than its share at once, nor while it asked to be left alone; 30 hosts did ask."""
    served = nights.web.hosts.served
    assert max(nights.web.hosts.most_at_once.values()) <= PATIENT.per_host
    assert nights.web.broken_waits == 0
    assert len({each.host for each in served if each.status == 429}) == 30


def test_hosts_are_asked_beside_one_another(nights: Nights, first: dict[str, Attempt]) -> None:
    """A night takes less than a tenth of the hosts' own spans, from the first request to the last, put together."""
    by_host = groupby(sorted(nights.web.hosts.served, key=lambda each: each.host), key=lambda each: each.host)
    total = 0.0
    for _, of in by_host:
        served = list(of)
        total += max(each.sent_at for each in served) - min(each.asked_at for each in served)
    assert nights.wall_seconds < total / 10


def test_an_unchanged_night_is_nearly_free(nights: Nights, first: dict[str, Attempt]) -> None:
    """At least 90% fewer bytes: what is known is not sent again."""
    sent = nights.web.body_bytes
    nights.web.next_night()
    second = nights.collect({attempt.endpoint: attempt for attempt in first.values() if attempt.ok})
    assert nights.web.body_bytes <= 0.1 * sent
    unchanged = [url for url, condition in nights.web.urls.items() if condition is Condition.SOUND]
    assert all(second[url].resource == first[url].resource for url in unchanged if first[url].ok and second[url].ok)
