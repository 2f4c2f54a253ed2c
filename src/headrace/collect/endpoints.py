"""The run: every endpoint is asked once, and every asking is recorded as soon as it is over."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import httpx2
import orjson

from headrace.collect.answer import Answer, Unanswered, Unchanged
from headrace.collect.arcgis import fetch_layer
from headrace.collect.company import Company, open_company
from headrace.collect.fetch import ask
from headrace.collect.local_file import read_local_file
from headrace.collect.policy import Policy
from headrace.collect.sparql import fetch_query
from headrace.collect.visit import Visit
from headrace.collect.wfs import fetch_features, needs_questions
from headrace.model.attempt import Attempt
from headrace.model.endpoint import Endpoint, hash_url


async def _fetch_page(visit: Visit, last: Attempt | None) -> Answer | Unchanged:
    if visit.endpoint.url.lower().startswith("file:"):
        return await read_local_file(visit, visit.endpoint.url)
    return await ask(visit, visit.endpoint.url, _conditions(last))


async def _fetch_layer(visit: Visit, last: Attempt | None) -> Answer | Unchanged:
    del last  # a layer is many answers, none of which carries a validator for the whole
    return await fetch_layer(visit)


async def _fetch_features(visit: Visit, last: Attempt | None) -> Answer | Unchanged:
    return await fetch_features(visit) if needs_questions(visit) else await _fetch_page(visit, last)


async def _fetch_query(visit: Visit, last: Attempt | None) -> Answer | Unchanged:
    del last  # the table is made here: a validator would be for what it is made from
    return await fetch_query(visit)


PLUGINS: Final[Mapping[str, Callable[[Visit, Attempt | None], Awaitable[Answer | Unchanged]]]] = {
    "": _fetch_page,
    "arcgis": _fetch_layer,
    "sparql": _fetch_query,
    "wfs": _fetch_features,
}
"""How each kind of endpoint is fetched."""


def collect(
    endpoints: Sequence[Endpoint],
    *,
    keep: Callable[[bytes], str],
    record: Callable[[Attempt], None],
    previous: Mapping[str, Attempt],
    policy: Policy,
    clock: Callable[[], datetime],
    transport: httpx2.AsyncBaseTransport | None = None,
    progress: Callable[[Attempt], None] | None = None,
    uniform: Callable[[float, float], float] = random.uniform,
    content: Callable[[Attempt, str], str | None] = lambda attempt, resource: None,
    due: Mapping[str, str] | None = None,
) -> None:
    """Ask every endpoint once.

    An endpoint that cannot be fetched leaves an attempt that says why, and the others go on. Which endpoints are due is
    for the caller to say: one that has ended is asked like any other.

    Args:
        endpoints: what to ask, each once, in about this order.
        keep: stores the bytes of a resource and returns their SHA-256; called again with the same bytes it changes
            nothing. It, `record` and `progress` are called one at a time, from the calling thread.
        record: appends an attempt to the log; called once per endpoint, as soon as its attempt is over.
        previous: the last successful attempt by endpoint, so that a server can say that nothing has changed.
        policy: the manners of the run.
        clock: UTC.
        transport: the way to the network; the policy's rules about addresses hold only on the one used by default.
        progress: told of each attempt once it is recorded.
        uniform: a random number between two, to spread retries.
        content: the hash of what the resource of an attempt says, None where that cannot be read; called in other
            threads, because it may take long.
        due: why each endpoint is asked now.

    Raises:
        Exception: only what `keep`, `content`, `record` or `progress` raise; the run ends there.
    """

    async def run() -> None:
        async with open_company(policy, clock, transport, uniform) as company:

            async def visit_endpoint(endpoint: Endpoint) -> None:
                attempt = await make_attempt(endpoint, company, previous.get(endpoint.endpoint), keep)
                attempt = replace(attempt, due=(due or {}).get(endpoint.endpoint))
                if attempt.resource and attempt.content is None:
                    attempt = replace(attempt, content=await asyncio.to_thread(content, attempt, attempt.resource))
                record(attempt)
                if progress:
                    progress(attempt)

            async with asyncio.TaskGroup() as group:
                for endpoint in endpoints:
                    group.create_task(visit_endpoint(endpoint))

    try:
        asyncio.run(run())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None


async def make_attempt(
    endpoint: Endpoint, company: Company, last: Attempt | None, keep: Callable[[bytes], str]
) -> Attempt:
    """One visit to an endpoint, as the log will have it; the arguments are those of `collect`."""
    visit = Visit(endpoint, company)
    return _attempt(visit, await _outcome(visit, last), last, keep)


async def _outcome(visit: Visit, last: Attempt | None) -> Answer | Unchanged | Unanswered:
    """What comes of one visit; this is the outermost loop, so that no endpoint can stop the others."""
    endpoint = visit.endpoint
    plugin = endpoint.plugin or ""
    try:
        if not endpoint.url:
            raise Unanswered("the endpoint has no URL")
        if hash_url(endpoint.url) != endpoint.endpoint:
            raise Unanswered(f"the key of the endpoint is not the SHA-256 of its URL, {hash_url(endpoint.url)}")
        if plugin not in PLUGINS:
            raise Unanswered(f"plugin {plugin!r} is not supported yet")
        return await PLUGINS[plugin](visit, last)
    except Unanswered as problem:
        return problem
    except Exception as error:  # noqa: BLE001
        return Unanswered(f"the collector stumbled: {error!r}; please report it", exception=type(error).__name__)


def _conditions(last: Attempt | None) -> dict[str, str]:
    """The headers that ask for a body only if it differs from the last (RFC 9110 section 13)."""
    if last is None or last.resource is None:
        return {}
    conditions = {"If-None-Match": last.etag, "If-Modified-Since": last.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _attempt(
    visit: Visit, outcome: Answer | Unchanged | Unanswered, last: Attempt | None, keep: Callable[[bytes], str]
) -> Attempt:
    """The row of the log; the body, if there is one, is kept first."""
    finished_at = visit.company.clock()
    made = Attempt(
        endpoint=visit.endpoint.endpoint,
        url=visit.endpoint.url,
        started_at=visit.started_at or finished_at,
        finished_at=finished_at,
        tries=visit.tries,
        final_url=outcome.final_url,
        redirects=orjson.dumps(visit.hops).decode() if visit.hops else None,
        headers=outcome.headers,
        dns_ms=visit.stopwatch.dns_ms,
        connect_ms=visit.stopwatch.connect_ms,
        first_byte_ms=visit.stopwatch.first_byte_ms,
        total_ms=visit.stopwatch.total_ms,
    )
    match outcome:
        case Answer():
            return replace(
                made,
                status=outcome.status,
                resource=keep(outcome.body),
                bytes=len(outcome.body),
                content_type=outcome.content_type,
                etag=outcome.etag,
                last_modified=outcome.last_modified,
            )
        case Unchanged():
            return replace(
                made,
                status=304,
                resource=last.resource if last else None,
                content=last.content if last else None,
                bytes=0,
                content_type=last.content_type if last else None,
                etag=outcome.etag or (last.etag if last else None),
                last_modified=outcome.last_modified or (last.last_modified if last else None),
            )
        case Unanswered():
            return replace(
                made,
                status=outcome.status,
                bytes=outcome.received,
                content_type=outcome.content_type,
                exception=outcome.exception,
                reason=outcome.reason,
            )
