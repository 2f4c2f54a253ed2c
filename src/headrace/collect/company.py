"""The company: what all visits of one run share."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx2

from headrace.collect.address import GuardedTransport
from headrace.collect.host import Hosts
from headrace.collect.policy import Policy
from headrace.collect.robots import Robots


@dataclass(frozen=True, slots=True)
class Company:
    """What all visits of one run share.

    Attributes:
        client: sends requests; follows no redirection by itself.
        hosts: whose turn it is.
        robots: what the hosts ask of robots.
        policy: the manners of the run.
        clock: UTC.
        seconds: a clock that only goes forward.
        uniform: a random number between two, to spread retries.
    """

    client: httpx2.AsyncClient
    hosts: Hosts
    robots: Robots
    policy: Policy
    clock: Callable[[], datetime]
    seconds: Callable[[], float]
    uniform: Callable[[float, float], float]


@asynccontextmanager
async def open_company(
    policy: Policy,
    clock: Callable[[], datetime],
    transport: httpx2.AsyncBaseTransport | None = None,
    uniform: Callable[[float, float], float] = random.uniform,
) -> AsyncIterator[Company]:
    """A company for as long as the block lasts; the arguments are those of `headrace.collect.endpoints.collect`."""
    way = transport or GuardedTransport(_direct_transport(), policy)
    headers = {"User-Agent": policy.user_agent, "Accept": "*/*", "Connection": "close"}
    timeout = httpx2.Timeout(policy.read_seconds, connect=policy.connect_seconds, pool=None)
    async with httpx2.AsyncClient(transport=way, headers=headers, timeout=timeout, trust_env=False) as client:
        seconds = asyncio.get_running_loop().time
        hosts = Hosts(policy, seconds)
        yield Company(client, hosts, Robots(client, hosts, policy), policy, clock, seconds, uniform)


def _direct_transport() -> httpx2.AsyncHTTPTransport:
    """A transport without proxies that keeps no connection open.

    Requests go to addresses, and two hosts may share one: a connection that was made for one must not serve the other.
    """
    return httpx2.AsyncHTTPTransport(
        trust_env=False, limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0)
    )
