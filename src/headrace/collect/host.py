"""Whose turn it is: a host is never asked by more than its share at once, and not at all once it is down."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from headrace.collect.answer import Unanswered
from headrace.collect.policy import Policy


@dataclass(slots=True)
class Host:
    """What this run knows of one host.

    Attributes:
        places: how many more requests it may be asked at once.
        failures: network failures in a row.
        held_until: moment, in seconds of the event loop's clock, before which it asked to be left alone.
        delay_seconds: the least time between the starts of two requests.
        free_from: moment before which that delay forbids the next start.
        door: held by the one request that is next to start.
    """

    places: asyncio.Semaphore
    delay_seconds: float
    failures: int = 0
    held_until: float = 0.0
    free_from: float = 0.0
    door: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hosts:
    """The hosts of one run, by host name and port."""

    def __init__(self, policy: Policy, now: Callable[[], float]) -> None:
        self._policy = policy
        self._now = now
        self._at_once = asyncio.Semaphore(policy.at_once)
        self._hosts: defaultdict[str, Host] = defaultdict(
            lambda: Host(asyncio.Semaphore(policy.per_host), policy.host_delay_seconds)
        )

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn to ask a host, and hold it while asking.

        The place at the host is taken before the one among all, so that a crowd in front of one host does not keep
        others waiting; nobody who holds both waits for anything but the network, so nobody waits for ever.

        Raises:
            Unanswered: the host has failed too often in a row.
        """
        host = self._hosts[name]
        async with host.places:
            async with host.door:
                await self._start(name, host)
            try:
                yield
            finally:
                self._at_once.release()

    async def _start(self, name: str, host: Host) -> None:
        """Take a place among all when the host may be asked; it may ask for peace while the place is waited for."""
        while True:
            while host.failures < self._policy.host_failures and (wait := self._wait_seconds(host)) > 0:
                await asyncio.sleep(wait)
            if host.failures >= self._policy.host_failures:
                raise Unanswered(f"not asked: {name} had just failed {host.failures} times in a row")
            await self._at_once.acquire()
            if self._wait_seconds(host) <= 0:
                host.free_from = self._now() + host.delay_seconds
                return
            self._at_once.release()

    def _wait_seconds(self, host: Host) -> float:
        return max(host.held_until, host.free_from) - self._now()

    def answered(self, name: str) -> None:
        """Note that a host answered, whatever it said."""
        self._hosts[name].failures = 0

    def failed(self, name: str) -> None:
        """Note that the network failed on the way to a host."""
        self._hosts[name].failures += 1

    def hold(self, name: str, seconds: float) -> None:
        """Leave a host alone for as long as it asked."""
        host = self._hosts[name]
        host.held_until = max(host.held_until, self._now() + seconds)

    def space(self, name: str, seconds: float) -> None:
        """Let at least this time pass between the starts of two requests to a host."""
        host = self._hosts[name]
        host.delay_seconds = max(host.delay_seconds, seconds)
        host.free_from = max(host.free_from, self._now() + seconds)
