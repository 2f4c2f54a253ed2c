"""How politely, how patiently and how far the internet is asked."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The manners of one run.

    Attributes:
        contact: who asks, for the user agent: a web page or an e-mail address that publishers can turn to.
        per_host: requests under way to one host at a time.
        host_delay_seconds: the least time between the starts of two requests to one host; a longer `Crawl-delay` of
            its robots.txt counts instead.
        longest_delay_seconds: the longest `Crawl-delay` that is honoured; what a host asks beyond is cut to it.
        respect_robots: whether robots.txt is asked for, and what it forbids left alone.
        at_once: requests under way altogether.
        connect_seconds: how long a connection may take.
        read_seconds: how long a server may stay silent.
        whole_seconds: how long one request may take from first to last byte.
        body_bytes: the largest body that is read, counted after decompression.
        redirects: how many redirections are followed.
        tries: how often one endpoint is asked while its answers are of the passing kind.
        first_wait_seconds: the wait before the second try; it doubles with each one after.
        longest_wait_seconds: the longest wait, and the longest `Retry-After` that is honoured within a run; as long as
            those of one endpoint are no longer altogether, they cost no try.
        host_failures: network failures in a row after which a host is not asked again in this run.
        allow_loopback: whether this machine may be asked, for rehearsals and tests.
        allow_private: whether private networks may be asked.
        allow_file: whether `file:` URLs are read.
    """

    contact: str
    per_host: int = 2
    host_delay_seconds: float = 0.25
    longest_delay_seconds: float = 30.0
    respect_robots: bool = True
    at_once: int = 40
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    whole_seconds: float = 600.0
    body_bytes: int = 512 * 1024 * 1024
    redirects: int = 8
    tries: int = 3
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    host_failures: int = 5
    allow_loopback: bool = False
    allow_private: bool = False
    allow_file: bool = False

    robot: ClassVar[str] = "Headrace"
    """The name under which robots.txt is read, and the first word of the user agent."""

    @property
    def user_agent(self) -> str:
        """What publishers see in their logs: the program, and whom to turn to."""
        return f"{self.robot} planning data collector (+{self.contact})"
