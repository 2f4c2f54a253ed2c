"""Many web servers on this machine in one thread, each on a port of its own: to an asker, many hosts."""

import asyncio
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from headrace.simulate.startable import Startable
from headrace.simulate.web_server import NO_ROBOTS, Asked, Reply

Answer = Callable[[int, Asked], Reply]
"""Makes the reply of a host, known by its number, to what it is asked."""


@dataclass(frozen=True, slots=True)
class Served:
    """One request to a host, robots.txt left aside.

    Attributes:
        host: its number.
        path: what was asked.
        status: what was answered.
        asked_at, sent_at: in seconds of the servers' clock.
        sent_bytes: of the body.
    """

    host: int
    path: str
    status: int
    asked_at: float
    sent_at: float
    sent_bytes: int


class ManyHosts(Startable):
    """Hosts that answer by one function.

    Attributes:
        origins: scheme, name and port of each host.
        served: every request that was answered, in the order of the answers.
        most_at_once: by host, the largest number of requests that were under way together.
    """

    def __init__(self, hosts: int, answer: Answer) -> None:
        self.origins: list[str] = []
        self.served: list[Served] = []
        self.most_at_once: Counter[int] = Counter()
        self._answer = answer
        self._hosts = hosts
        self._visits: Counter[tuple[int, str]] = Counter()
        self._under_way: Counter[int] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._servers: list[asyncio.Server] = []

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()

    def stop(self) -> None:
        """Answer no more, and cut short whatever is delayed."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def forget_visits(self) -> None:
        """Let a night pass: what was asked is counted anew."""
        self.served.clear()
        self._visits.clear()

    async def _open(self) -> None:
        for host in range(self._hosts):
            server = await asyncio.start_server(self._talker(host), "127.0.0.1", 0, backlog=128)
            self._servers.append(server)
            self.origins.append(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _talker(self, host: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                head = await reader.readuntil(b"\r\n\r\n")
                await self._serve(host, head.decode("latin-1"), reader, writer)
            writer.close()

        return talk

    async def _serve(self, host: int, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.strip().split("\r\n")
        path = first.split(" ")[1]
        if path == "/robots.txt":
            await _send(writer, NO_ROBOTS)
            return
        self._visits[host, path] += 1
        self._under_way[host] += 1
        self.most_at_once[host] = max(self.most_at_once[host], self._under_way[host])
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        asked_at = self._loop.time()
        try:
            reply = self._answer(host, Asked(path, headers, self._visits[host, path]))
            if reply.delay_seconds and await _goes_away(reader, reply.delay_seconds):
                return
        finally:
            # Counted as over before the last byte is out: the asker may come back the moment it has that byte.
            self._under_way[host] -= 1
        sent_bytes = len(reply.body) - reply.missing_bytes
        self.served.append(Served(host, path, reply.status, asked_at, self._loop.time(), sent_bytes))
        await _send(writer, reply)


async def _goes_away(reader: asyncio.StreamReader, seconds: float) -> bool:
    """Let time pass; whether the asker closes the connection meanwhile."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await reader.read(1)
            return True
    return False


async def _send(writer: asyncio.StreamWriter, reply: Reply) -> None:
    lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}", f"Content-Length: {len(reply.body)}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
    writer.write(reply.body[: len(reply.body) - reply.missing_bytes])
    await writer.drain()
