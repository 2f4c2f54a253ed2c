"""A Web Feature Service is asked the question its URL holds; in pages, or for its only type, where it has to be.

Source: OGC 09-025r2 (WFS 2.0) 7.7.4 for paging and 8.3 for the capabilities; many servers of WFS 1.1 page alike.
"""

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from headrace.collect.answer import Answer, Unanswered, Unchanged
from headrace.collect.feature_pages import Page, join_pages, read_page
from headrace.collect.fetch import ask, request
from headrace.collect.parameters import read_text, read_whole_number
from headrace.collect.visit import Visit

VERSION: Final = "2.0.0"
"""What is asked for where the URL names no version."""

FEATURE_TYPE: Final = re.compile(rb"<(?:[\w.-]+:)?FeatureType\b[^>]*>\s*<(?:[\w.-]+:)?Name[^>]*>\s*([^<\s]+)\s*</")
"""The name of a feature type in the capabilities."""


def needs_questions(visit: Visit) -> bool:
    """Whether more than the URL has to be asked: it names no request for features, or `parameters` ask for pages."""
    asked = _query(visit.endpoint.url).get("request", "").lower()
    return asked in ("", "getcapabilities") or bool(read_whole_number(visit.endpoint, "page_size"))


async def fetch_features(visit: Visit) -> Answer:
    """All features of one type, as one collection that does not depend on the size of the pages.

    The parameter `page_size` says how many features are asked for at once, all where it is not given; `type_name` which
    type, where the URL does not and the service has several.

    Raises:
        Unanswered: the type is not known, or one of the pages cannot be had.
    """
    query = await _question(visit)
    page_size = read_whole_number(visit.endpoint, "page_size")
    count = "count" if query["version"] >= "2" else "maxfeatures"
    pages: list[Page] = []
    received = 0
    while True:
        window = {count: str(page_size), "startindex": str(sum(page.features for page in pages))} if page_size else {}
        answer = await _ask(visit, _url(visit, query | window))
        page = read_page(answer)
        if pages and page.inner == pages[-1].inner and page.features:
            raise Unanswered("the map server sends the same page whatever is asked for", final_url=answer.final_url)
        pages.append(page)
        received += len(answer.body)
        if received > visit.company.policy.body_bytes:
            reason = f"the pages are larger than {visit.company.policy.body_bytes} bytes together"
            raise Unanswered(reason, status=200, final_url=answer.final_url, received=received)
        if page_size is None or page.features != page_size:
            return Answer(join_pages(pages), 200, answer.final_url, answer.content_type, headers=answer.headers)


async def _question(visit: Visit) -> dict[str, str]:
    """The request for features, by name of the parameter in lower case."""
    query = _query(visit.endpoint.url)
    query |= {"service": "WFS", "version": query.get("version", VERSION), "request": "GetFeature"}
    name = "typenames" if query["version"] >= "2" else "typename"
    if not query.get("typenames") and not query.get("typename"):
        type_name = read_text(visit.endpoint, "type_name")
        query[name] = type_name or await _only_type(visit, query["version"])
    return query


async def _only_type(visit: Visit, version: str) -> str:
    query = _query(visit.endpoint.url) | {"service": "WFS", "version": version, "request": "GetCapabilities"}
    answer = await request(visit, _url(visit, query))
    body = b"" if isinstance(answer, Unchanged) else answer.body
    types: list[str] = sorted({name.decode("utf-8", "replace") for name in FEATURE_TYPE.findall(body)})
    if len(types) == 1:
        return types[0]
    found = f"it has {len(types)}: {', '.join(types)}" if types else "its capabilities name none"
    reason = f"the map server must be told a type of feature, and {found}; name one in `parameters` as `type_name`"
    raise Unanswered(reason, status=200, final_url=answer.final_url)


async def _ask(visit: Visit, url: str) -> Answer:
    answer = await ask(visit, url)
    if isinstance(answer, Unchanged):  # pragma: no cover - no condition was sent
        raise Unanswered("the map server answered a question that was not asked", status=304, final_url=url)
    return answer


def _query(url: str) -> dict[str, str]:
    """The query of a URL; names of parameters are the same in any case (OGC 09-025r2 6.2.5.2)."""
    return {name.lower(): value for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)}


def _url(visit: Visit, query: dict[str, str]) -> str:
    parts = urlsplit(visit.endpoint.url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query, safe=":,"), ""))
