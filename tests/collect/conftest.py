"""What the tests of collecting share: a run that keeps its ledger, and servers that answer as they are told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import httpx2
import pytest

from headrace.collect.endpoints import collect
from headrace.collect.policy import Policy
from headrace.model.attempt import Attempt
from headrace.model.endpoint import Endpoint, hash_url
from headrace.simulate.web_server import Asked, Reply, WebServer


@dataclass
class Ledger:
    """What a run recorded, kept and told, in order."""

    attempts: list[Attempt] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)
    told: list[Attempt] = field(default_factory=list)

    def keep(self, body: bytes) -> str:
        digest = sha256(body).hexdigest()
        self.kept[digest] = body
        return digest

    def of(self, url: str) -> Attempt:
        (attempt,) = (attempt for attempt in self.attempts if attempt.url == url)
        return attempt


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[Asked], Reply]], WebServer]]:
    """Start servers that answer by a function; they stop with the test."""
    with ExitStack() as servers:

        def start(answer: Callable[[Asked], Reply]) -> WebServer:
            return servers.enter_context(WebServer(answer))

        yield start


@pytest.fixture
def policy() -> Callable[..., Policy]:
    """A policy for this machine that does not wait long."""

    def make(**other: Any) -> Policy:  # whatever a policy takes
        quick = {"allow_loopback": True, "first_wait_seconds": 0.01, "read_seconds": 5.0, "connect_seconds": 2.0}
        quick["host_delay_seconds"] = 0.0
        return Policy(contact="https://data.example/contact", **(quick | other))

    return make


@pytest.fixture
def ask(policy: Callable[..., Policy]) -> Callable[..., Ledger]:
    """Ask endpoints, or URLs, under a policy that differs from the quick one as said."""

    def run(
        *endpoints: Endpoint | str,
        previous: Mapping[str, Attempt] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **other: Any,  # whatever a policy takes
    ) -> Ledger:
        ledger = Ledger()
        collect(
            [Endpoint(hash_url(each), each) if isinstance(each, str) else each for each in endpoints],
            keep=ledger.keep,
            record=ledger.attempts.append,
            previous=previous or {},
            policy=policy(**other),
            clock=lambda: datetime.now(UTC),
            transport=transport,
            progress=ledger.told.append,
        )
        return ledger

    return run
