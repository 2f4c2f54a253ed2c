"""Which link of a documentation page may have taken the place of an endpoint that fails: a judgement of its HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from headrace.collect.page_links import Link, find_links

FILE: Final = re.compile(r"\.(csv|xlsx|xls|ods|json|geojson|gml|kml|gpkg|zip)$", re.IGNORECASE)
"""How the path of a file of data ends."""

SERVICE: Final = re.compile(r"/(?:Feature|Map)Server\b|[?&]service=wfs\b|/wfs\b", re.IGNORECASE)
"""What the URL of a map service has in it."""

OPEN_DATA_HOSTS: Final = (
    *("arcgis.com", "data.gov.uk", "data.london.gov.uk", "opendatasoft.com"),
    *("amazonaws.com", "blob.core.windows.net", "githubusercontent.com"),
)
"""Where councils keep data besides their own hosts; hosts below these count too."""

PAGE: Final = re.compile(r"(?:/|\.(?:html?|aspx?|php|pdf|docx?|jpe?g|png))$|^$", re.IGNORECASE)
"""How a path ends that leads to something to read, and so to no data without a word that says it does."""

UNTOLD: Final = frozenset(
    (
        *("csv", "xlsx", "xls", "ods", "json", "geojson", "gml", "kml", "gpkg", "zip", "file", "files", "download"),
        *("downloads", "document", "documents", "media", "data", "the", "for", "and", "query", "rest", "services"),
        *("arcgis", "feature", "map", "server", "wfs", "service", "get", "request", "version", "type", "name"),
    )
)
"""Words that tell no file from another."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link that may lead to the data.

    Attributes:
        url, text: of the link.
        why: what speaks for it, in words.
        rank: how much does; only to compare it with others of its page.
    """

    url: str
    text: str
    why: str
    rank: int


def find_candidates(html: str, page_url: str, failing_url: str, datasets: Iterable[str]) -> list[Candidate]:
    """The links of a page that may have taken the place of an endpoint, the most likely first; perhaps none.

    A link is one where it looks like data, or has every word of a dataset's name and does not look like a page. Of two
    with the same rank that which names the later year comes first, and then that which the page has first. Never the
    failing URL itself, nor the page.

    Args:
        html: the documentation page, decoded.
        page_url: where it was had from.
        failing_url: of the endpoint.
        datasets: names of what the endpoint is to serve.
    """
    names = [_words(name) for name in datasets]
    itself = {_plain(failing_url), _plain(page_url)}
    judged: dict[str, Candidate] = {}
    for link in find_links(html, page_url):
        candidate = None if _plain(link.url) in itself else _judge(link, page_url, failing_url, names)
        if candidate and (link.url not in judged or candidate.rank > judged[link.url].rank):
            judged[link.url] = candidate
    return sorted(judged.values(), key=lambda each: (-each.rank, -_year(each)))


def _judge(link: Link, page_url: str, failing_url: str, names: list[set[str]]) -> Candidate | None:
    path, said = unquote(urlsplit(link.url).path), _words(f"{_named(link.url)} {link.text}")
    kind = _kind(link.url, path)
    whole = [name for name in names if name and name <= said]
    if not kind and (not whole or PAGE.search(path)):
        return None
    about = {word for name in names for word in name} & said
    old = _words(_named(failing_url))
    shared = (old & said) - about
    place = _place(link.url, page_url, failing_url)
    reasons = (
        kind and f"it is {kind}",
        about and f"it names {_list(about)}",
        shared and f"it shares {_list(shared)} with the old address",
        place,
    )
    likeness = round(3 * len(old & said) / len(old)) if old else 0
    rank = 3 * bool(kind) + 3 * bool(whole) + bool(about) + likeness + bool(place)
    return Candidate(link.url, link.text, "; ".join(reason for reason in reasons if reason), rank)


def _kind(url: str, path: str) -> str:
    """What a URL looks like, if it looks like data."""
    if found := FILE.search(path):
        return f"a {found[0].lower()} file"
    return "a map service" if SERVICE.search(unquote(url)) else ""


def _place(url: str, page_url: str, failing_url: str) -> str:
    host = urlsplit(url).hostname or ""
    if host in (urlsplit(page_url).hostname, urlsplit(failing_url).hostname):
        return "on the same host"
    known = any(host == each or host.endswith(f".{each}") for each in OPEN_DATA_HOSTS)
    return f"on a host of open data ({host})" if known else ""


def _named(url: str) -> str:
    """The part of a URL that says what is there: its path from the last folder on, and its query."""
    parts = urlsplit(url)
    return unquote(" ".join((*parts.path.rsplit("/", 2)[1:], parts.query)))


def _words(text: str) -> set[str]:
    """The words of a name in lower case, singular, without numbers; `SiteRegister` is two."""
    parted = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)
    words = {word.lower() for word in parted if len(word) > 2} - UNTOLD
    return {word.removesuffix("s") if len(word) > 3 else word for word in words}


def _year(candidate: Candidate) -> int:
    """The latest year that a link names; 0 for none."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", f"{_named(candidate.url)} {candidate.text}")
    return max(map(int, years), default=0)


def _plain(url: str) -> str:
    """A URL without the differences that lead to the same place."""
    return unquote(url).partition("#")[0].partition("://")[2].rstrip("/").lower()


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in sorted(words))
