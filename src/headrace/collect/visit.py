"""A visit: the asking of one endpoint, from its first request to its last, in the company of all others of the run."""

from dataclasses import dataclass, field
from datetime import datetime

from headrace.collect.company import Company
from headrace.collect.stopwatch import Stopwatch
from headrace.model.endpoint import Endpoint


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
