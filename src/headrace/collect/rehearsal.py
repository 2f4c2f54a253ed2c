"""A rehearsal: what would come of asking one endpoint, seen step by step."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import httpx2

from headrace.collect.address import judge_address, resolve
from headrace.collect.company import Company, open_company
from headrace.collect.endpoints import make_attempt
from headrace.collect.policy import Policy
from headrace.model.attempt import Attempt
from headrace.model.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Address:
    """An address that the host's name stands for, and why the policy forbids it, None where it does not."""

    address: str
    problem: str | None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it.

    Attributes:
        addresses: of the host, as they were judged; none where the name is not known, or there is none.
        robots: what the host's robots.txt says of the URL, in a sentence; None where it was not asked for.
        attempt: as the log would have it.
    """

    addresses: tuple[Address, ...]
    robots: str | None
    attempt: Attempt


def rehearse(
    endpoint: Endpoint, policy: Policy, clock: Callable[[], datetime], keep: Callable[[bytes], str]
) -> Rehearsal:
    """Ask one endpoint as a night would, unconditionally; the arguments are those of `collect`."""

    async def run() -> Rehearsal:
        async with open_company(policy, clock) as company:
            url = _parse(endpoint.url)
            addresses = await _addresses(url, policy) if url else ()
            robots = None
            if url and policy.respect_robots and addresses and not any(each.problem for each in addresses):
                robots = await _wish(company, url)
            return Rehearsal(addresses, robots, await make_attempt(endpoint, company, None, keep))

    return asyncio.run(run())


def _parse(text: str) -> httpx2.URL | None:
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL:
        return None
    return url if url.scheme in ("http", "https") and url.host else None


async def _addresses(url: httpx2.URL, policy: Policy) -> tuple[Address, ...]:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = await resolve(url.raw_host.decode("ascii"), port, policy.connect_seconds)
    except httpx2.TransportError:
        return ()
    return tuple(Address(each, judge_address(each, policy)) for each in found)


async def _wish(company: Company, url: httpx2.URL) -> str:
    if refused := await company.robots.judge(url):
        return refused
    delay = company.robots.delay_seconds(url)
    return "the URL may be asked" + (f", every {delay:g} seconds" if delay else "")
