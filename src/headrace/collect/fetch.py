"""One URL is fetched over HTTP: redirections are followed, what may pass is tried again, what is too much is left."""

import asyncio
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import httpx2
import orjson

from headrace.collect.answer import Answer, Unanswered, Unchanged
from headrace.collect.not_data import judge_body
from headrace.collect.visit import Visit

PASSING: Final = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses after which the same request may succeed in a moment (RFC 9110, RFC 6585, RFC 8470)."""

NETWORK_FAILURES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (httpx2.ConnectTimeout, "no connection within {policy.connect_seconds:g} seconds"),
    (httpx2.ReadTimeout, "the server fell silent for {policy.read_seconds:g} seconds"),
    (TimeoutError, "the answer was not complete within {policy.whole_seconds:g} seconds"),
    (httpx2.ConnectError, "no connection: {error}"),
    (httpx2.RemoteProtocolError, "the answer broke off or was malformed: {error}"),
    (httpx2.DecodingError, "the answer could not be decompressed: {error}"),
    (httpx2.TransportError, "the connection failed: {error}"),
)
"""What the network raises, the special before the general, in words."""

FREE_WAIT_SECONDS: Final = 1.0
"""The shortest wait that costs no try, so that one of no time at all is not followed for ever."""

KEPT_HEADERS: Final = (
    *("age", "cache-control", "content-disposition", "content-encoding", "content-length", "content-range", "date"),
    *("expires", "retry-after", "server", "via"),
)
"""What a person who looks into an attempt wants to see of a response, besides what has a column of its own."""


async def ask(visit: Visit, url: str, headers: Mapping[str, str] | None = None) -> Answer | Unchanged:
    """The answer of a URL, which may be data; the arguments and what they do are those of `request`.

    Raises:
        Unanswered: as `request`, and where the body is certainly no data.
    """
    answer = await request(visit, url, headers)
    if isinstance(answer, Answer) and (problem := judge_body(answer.content_type, answer.body)):
        raise Unanswered(
            f"not data but {problem}",
            status=answer.status,
            final_url=answer.final_url,
            content_type=answer.content_type,
            received=len(answer.body),
            headers=answer.headers,
        )
    return answer


async def request(visit: Visit, url: str, headers: Mapping[str, str] | None = None) -> Answer | Unchanged:
    """The answer of a URL, whatever it is, after as many tries as the policy grants.

    A wait that the server asks for (`Retry-After`, RFC 9110 10.2.3) holds back every other request to its host too, and
    is no fault of this URL: as long as those waits are no longer altogether than the longest one that is granted, they
    cost no try. Without one the wait doubles with each try and is spread at random.

    Raises:
        Unanswered: the last try came to nothing, or the server asks for a longer wait than the policy grants.
    """
    policy, tries, asked_seconds = visit.company.policy, 0, 0.0
    while True:
        tries += 1
        try:
            return await _follow(visit, url, headers or {})
        except Unanswered as problem:
            if problem.wait_seconds is not None:
                asked_seconds += problem.wait_seconds
                free = problem.wait_seconds >= FREE_WAIT_SECONDS and asked_seconds <= policy.longest_wait_seconds
                tries -= free
            if not problem.passing or tries >= policy.tries:
                raise
            if problem.wait_seconds is None:
                wait_seconds = min(policy.first_wait_seconds * 2 ** (tries - 1), policy.longest_wait_seconds)
                await asyncio.sleep(visit.company.uniform(0.5 * wait_seconds, wait_seconds))


async def _follow(visit: Visit, url: str, headers: Mapping[str, str]) -> Answer | Unchanged:
    """The answer at the end of a chain of redirections."""
    redirects = visit.company.policy.redirects
    try:
        timing = {"stopwatch": visit.stopwatch, "trace": visit.stopwatch.trace}
        request = visit.company.client.build_request("GET", url.strip(), headers=dict(headers), extensions=timing)
    except httpx2.InvalidURL as error:
        raise Unanswered(f"{url!r} is not a URL: {error}", exception=type(error).__name__) from error
    visit.hops.clear()
    for hop in range(redirects + 1):
        answer = await _send(visit, request, first=hop == 0)
        if not isinstance(answer, httpx2.Request):
            return answer
        request = answer
    raise Unanswered(f"redirected more than {redirects} times", final_url=str(request.url))


async def _send(visit: Visit, request: httpx2.Request, *, first: bool) -> Answer | Unchanged | httpx2.Request:
    """What one request brings: an answer, or the request that the server redirects to."""
    company, name = visit.company, request.url.netloc.decode("ascii")
    if request.url.scheme not in ("http", "https") or not request.url.host:
        raise Unanswered(f"{str(request.url)!r} is not an address of the web", final_url=str(request.url))
    if wish := await company.robots.judge(request.url):
        raise Unanswered(wish, final_url=str(request.url))
    async with company.hosts.turn(name):
        if first:
            visit.count_try()
        visit.stopwatch.start()
        response = None
        try:
            async with asyncio.timeout(company.policy.whole_seconds):
                response = await company.client.send(request, stream=True)
                company.hosts.answered(name)
                visit.stopwatch.answered()
                if response.next_request:
                    visit.hops.append((response.status_code, str(request.url)))
                return response.next_request or await _read(visit, response)
        except Unanswered as problem:
            if problem.wait_seconds is not None:
                company.hosts.hold(name, problem.wait_seconds)
            raise
        except (httpx2.TransportError, httpx2.DecodingError, TimeoutError) as error:
            company.hosts.failed(name)
            raise _network_failure(visit, request, response, error) from error
        finally:
            visit.stopwatch.stop()
            if response is not None:
                await response.aclose()


def _network_failure(
    visit: Visit, request: httpx2.Request, response: httpx2.Response | None, error: Exception
) -> Unanswered:
    words = next(words for kind, words in NETWORK_FAILURES if isinstance(error, kind))
    return Unanswered(
        words.format(policy=visit.company.policy, error=error),
        status=response.status_code if response is not None else None,
        final_url=str(request.url),
        content_type=response.headers.get("content-type") if response is not None else None,
        received=response.num_bytes_downloaded if response is not None else 0,
        headers=_headers(response) if response is not None else None,
        exception=type(error).__name__,
        passing="CERTIFICATE_VERIFY_FAILED" not in str(error),
    )


async def _read(visit: Visit, response: httpx2.Response) -> Answer | Unchanged:
    """The body of a response that is no redirection."""
    served, limit = response.headers, visit.company.policy.body_bytes
    etag, last_modified, content_type = (served.get(name) for name in ("etag", "last-modified", "content-type"))
    if response.status_code == HTTPStatus.NOT_MODIFIED and _conditional(response.request):
        return Unchanged(str(response.url), etag, last_modified, _headers(response))
    if response.status_code != HTTPStatus.OK:
        raise _refusal(visit, response)
    received = bytearray()
    async for chunk in response.aiter_bytes():
        received += chunk
        if len(received) > limit:
            raise _unusable(response, f"the body is larger than {limit} bytes", len(received))
    return Answer(
        bytes(received), response.status_code, str(response.url), content_type, etag, last_modified, _headers(response)
    )


def _unusable(response: httpx2.Response, reason: str, received: int) -> Unanswered:
    return Unanswered(
        reason,
        status=response.status_code,
        final_url=str(response.url),
        content_type=response.headers.get("content-type"),
        received=received,
        headers=_headers(response),
    )


def _headers(response: httpx2.Response) -> str | None:
    """The headers of a response that are worth keeping, as JSON."""
    found = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return orjson.dumps(found).decode() if found else None


def _conditional(request: httpx2.Request) -> bool:
    return "if-none-match" in request.headers or "if-modified-since" in request.headers


def _refusal(visit: Visit, response: httpx2.Response) -> Unanswered:
    """The failure that a status other than 200 means."""
    status, longest = response.status_code, visit.company.policy.longest_wait_seconds
    reason = f"answered {status} {response.reason_phrase}".rstrip()
    wait_seconds = _asked_wait(visit, response)
    passing = status in PASSING
    if passing and wait_seconds is not None and wait_seconds > longest:
        reason += f" and asks to wait {wait_seconds:.0f} seconds, longer than the {longest:g} of this run"
        passing, wait_seconds = False, None
    return Unanswered(
        reason,
        status=status,
        final_url=str(response.url),
        content_type=response.headers.get("content-type"),
        headers=_headers(response),
        passing=passing,
        wait_seconds=wait_seconds if passing else None,
    )


def _asked_wait(visit: Visit, response: httpx2.Response) -> float | None:
    """Seconds that `Retry-After` asks for, given as a number or as a date; None where it is absent or neither."""
    text = response.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - visit.company.clock()).total_seconds())
