"""A visit: the asking of one endpoint, from its first request to its last, in the company of all others of the run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import httpx2

from headrace.collect.host import Hosts
from headrace.collect.policy import Policy
from headrace.collect.robots import Robots
from headrace.collect.stopwatch import Stopwatch
from headrace.model.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Company:
    """What all visits of one run share.

    Attributes:
        client: sends requests; follows no redirection by itself.
        hosts: whose turn it is.
        policy: the manners of the run.
        clock: UTC.
        uniform: a random number between two, to spread retries.
        robots: what the hosts ask of robots.
        seconds: a clock that only goes forward.
    """

    client: httpx2.AsyncClient
    hosts: Hosts
    policy: Policy
    clock: Callable[[], datetime]
    uniform: Callable[[float, float], float]
    robots: Robots
    seconds: Callable[[], float]


@dataclass(slots=True)
class Visit:
    """One visit.

    Attributes:
        endpoint: what is asked.
        company: what it shares with the other visits.
        tries: requests made so far, retries included; a chain of redirections is one.
        started_at: UTC, when its first turn came; None before that.
        hops: status and URL of each redirection of the last chain.
        stopwatch: the times of the last request.
    """

    endpoint: Endpoint
    company: Company
    tries: int = 0
    started_at: datetime | None = None
    hops: list[tuple[int, str]] = field(default_factory=list)
    stopwatch: Stopwatch = field(init=False)

    def __post_init__(self) -> None:
        self.stopwatch = Stopwatch(self.company.seconds)

    def count_try(self) -> None:
        """Note that a request is about to be made."""
        self.tries += 1
        if self.started_at is None:
            self.started_at = self.company.clock()
