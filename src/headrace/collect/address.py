"""The guard at the door: which network addresses may be asked.

A URL in a configuration, or a redirection on a council's web server, must not make the collector ask the machine it
runs on or the network behind it (server-side request forgery; OWASP API7:2023). A name is resolved once, every address
it resolves to is judged, and the connection goes to the address that was judged, so that a name cannot change its
meaning in between.
"""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx2

from headrace.collect.answer import Unanswered
from headrace.collect.policy import Policy
from headrace.collect.stopwatch import Stopwatch

NAT64: Final = IPv6Network("64:ff9b::/96")
"""Addresses that stand for the IPv4 address in their last four bytes (RFC 6052)."""

ADDRESSES_TRIED: Final = 4
"""How many addresses of one name are tried before it counts as unreachable."""


def judge_address(text: str, policy: Policy) -> str | None:
    """Why the policy forbids this IP address; None when it may be asked.

    Loopback and private networks can be allowed; link-local, multicast, reserved and unspecified addresses cannot,
    because nothing is published there. An IPv4 address wrapped into an IPv6 one is judged as what it is.
    """
    address = _unwrapped(ip_address(text))
    if address.is_loopback:
        return None if policy.allow_loopback else f"{address} is this machine itself"
    if address.is_link_local or address.is_multicast or address.is_reserved or address.is_unspecified:
        return f"{address} is not an address of the internet"
    if not address.is_global:
        return None if policy.allow_private else f"{address} belongs to a private network"
    return None


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or address


async def resolve(host: str, port: int, limit_seconds: float) -> list[str]:
    """The IP addresses of a host, in the order in which to try them.

    Raises:
        httpx2.ConnectError: the name is not known.
        httpx2.ConnectTimeout: no name server said so in time.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(limit_seconds):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except TimeoutError as error:
        raise httpx2.ConnectTimeout(f"the name {host!r} was not resolved") from error
    except (socket.gaierror, UnicodeError) as error:
        raise httpx2.ConnectError(f"the name {host!r} is not known ({error})") from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class GuardedTransport(httpx2.AsyncBaseTransport):
    """A transport that judges the address of every request, redirected ones included, and then connects to it."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, policy: Policy) -> None:
        self._inner = inner
        self._policy = policy

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask the first address that answers.

        Raises:
            Unanswered: the policy forbids an address of the host.
            httpx2.ConnectError, httpx2.ConnectTimeout: no address of the host answers.
        """
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        addresses = await resolve(host, port, self._policy.connect_seconds)
        if isinstance(stopwatch := request.extensions.get("stopwatch"), Stopwatch):
            stopwatch.resolved()
        for address in addresses:
            if problem := judge_address(address, self._policy):
                raise Unanswered(f"the policy forbids to ask {host}: {problem}", final_url=str(request.url))
        problem_met: Exception | None = None
        for address in addresses[:ADDRESSES_TRIED]:
            try:
                return await self._inner.handle_async_request(_addressed(request, host, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                problem_met = error
        raise problem_met or httpx2.ConnectError(f"the name {host!r} has no address")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


def _addressed(request: httpx2.Request, host: str, address: str) -> httpx2.Request:
    """The same request for the same host, sent to one of its addresses; certificates are still checked for the host."""
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions | {"sni_hostname": host},
    )
