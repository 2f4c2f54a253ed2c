"""The pages on which publishers say where their data is: each is asked once, with the manners of a night."""

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import httpx2

from headrace.collect.answer import Unanswered, Unchanged
from headrace.collect.company import Company, open_company
from headrace.collect.fetch import request
from headrace.collect.policy import Policy
from headrace.collect.visit import Visit
from headrace.model.endpoint import Endpoint, hash_url

PAGE_BYTES: Final = 4 * 1024 * 1024
"""The largest page that is read."""

CHARSET: Final = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
"""The encoding in a content type."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was had: where redirects led, and its HTML, decoded."""

    url: str
    html: str


@dataclass(frozen=True, slots=True)
class NoPage:
    """Why a page was not had, in a sentence."""

    reason: str


def fetch_pages(
    urls: Iterable[str],
    policy: Policy,
    clock: Callable[[], datetime],
    transport: httpx2.AsyncBaseTransport | None = None,
) -> dict[str, Page | NoPage]:
    """What comes of asking each page once, by its URL; the arguments are those of `headrace.collect.endpoints.collect`.

    A page is asked for within the limits that `policy` sets for its host, addresses and robots; it is no endpoint, and
    leaves no attempt.
    """
    wanted = list(dict.fromkeys(urls))

    async def run() -> dict[str, Page | NoPage]:
        async with open_company(replace(policy, body_bytes=PAGE_BYTES), clock, transport) as company:
            return dict(zip(wanted, await asyncio.gather(*(_fetch(url, company) for url in wanted)), strict=True))

    return asyncio.run(run())


async def _fetch(url: str, company: Company) -> Page | NoPage:
    """One page; this is the outermost loop, so that no page can stop the others."""
    try:
        answer = await request(Visit(Endpoint(hash_url(url), url), company), url)
    except Unanswered as problem:
        return NoPage(problem.reason)
    except Exception as error:  # noqa: BLE001
        return NoPage(f"the collector stumbled: {error!r}; please report it")
    if isinstance(answer, Unchanged):  # pragma: no cover - no condition was sent
        return NoPage("the server answered a question that was not asked")
    return Page(answer.final_url, _decode(answer.body, answer.content_type))


def _decode(body: bytes, content_type: str | None) -> str:
    named = CHARSET.search(content_type or "") or CHARSET.search(body[:1024].decode("latin-1"))
    try:
        return body.decode(named[1] if named else "utf-8", errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")
