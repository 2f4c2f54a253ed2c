"""What a host asks of robots: its robots.txt is read once a run, before its first page.

Source: RFC 9309, read with the standard library, which knows no wildcards in paths. One thing differs on purpose: a
robots.txt that cannot be had forbids nothing, because every endpoint was named to be collected by its publisher.
"""

import asyncio
from typing import Final
from urllib.robotparser import RobotFileParser

import httpx2

from headrace.collect.answer import Unanswered
from headrace.collect.host import Hosts
from headrace.collect.policy import Policy

READ_BYTES: Final = 512 * 1024
"""How much of a robots.txt is read; RFC 9309 2.5 asks for at least 500 KiB."""

REDIRECTS: Final = 5
"""How many redirections are followed on the way to it (RFC 9309 2.3.1.2)."""


class Robots:
    """The wishes of every host of one run."""

    def __init__(self, client: httpx2.AsyncClient, hosts: Hosts, policy: Policy) -> None:
        self._client = client
        self._hosts = hosts
        self._policy = policy
        self._delays: dict[str, float] = {}
        self._read: dict[str, asyncio.Task[RobotFileParser]] = {}

    async def judge(self, url: httpx2.URL) -> str | None:
        """Why a host does not want this URL asked; None where it may be.

        The first to ask has robots.txt read, and the `Crawl-delay` it gives laid upon the host.
        """
        if not self._policy.respect_robots:
            return None
        name = url.netloc.decode("ascii")
        origin = f"{url.scheme}://{name}"
        if origin not in self._read:
            self._read[origin] = asyncio.create_task(self._rules(origin, name))
        rules = await self._read[origin]
        if rules.can_fetch(self._policy.robot, str(url)):
            return None
        return f"not asked: {origin}/robots.txt asks robots to leave {url.path} alone"

    def delay_seconds(self, url: httpx2.URL) -> float | None:
        """The `Crawl-delay` that the host of a judged URL asked for, as far as it is honoured; None for none."""
        return self._delays.get(url.netloc.decode("ascii"))

    async def _rules(self, origin: str, name: str) -> RobotFileParser:
        rules = RobotFileParser()
        rules.parse((await self._text(httpx2.URL(f"{origin}/robots.txt"))).splitlines())
        delay = rules.crawl_delay(self._policy.robot)
        if delay is not None:
            self._delays[name] = min(float(delay), self._policy.longest_delay_seconds)
            self._hosts.space(name, self._delays[name])
        return rules

    async def _text(self, url: httpx2.URL) -> str:
        """The text of a robots.txt; nothing where there is none, or none to be had in the time of a connection."""
        request = self._client.build_request("GET", url)
        for _ in range(REDIRECTS + 1):
            if request.url.scheme not in ("http", "https"):
                break
            answer = await self._ask(request)
            if not isinstance(answer, httpx2.Request):
                return answer
            request = answer
        return ""

    async def _ask(self, request: httpx2.Request) -> str | httpx2.Request:
        name = request.url.netloc.decode("ascii")
        async with self._hosts.turn(name):
            try:
                async with asyncio.timeout(self._policy.connect_seconds):
                    response = await self._client.send(request, stream=True)
                    try:
                        self._hosts.answered(name)
                        if response.next_request or response.status_code != 200:
                            return response.next_request or ""
                        return await _beginning(response)
                    finally:
                        await response.aclose()
            except Unanswered:
                return ""  # the policy forbids the address: the page will be told so itself
            except (httpx2.TransportError, httpx2.DecodingError, TimeoutError):
                self._hosts.failed(name)
                return ""


async def _beginning(response: httpx2.Response) -> str:
    received = bytearray()
    async for chunk in response.aiter_bytes():
        received += chunk
        if len(received) > READ_BYTES:
            break
    return received[:READ_BYTES].decode("utf-8-sig", errors="replace")
