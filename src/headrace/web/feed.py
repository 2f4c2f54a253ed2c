"""Feeds: the same entries as Atom and as JSON Feed.

Source: RFC 4287, The Atom Syndication Format; JSON Feed 1.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson

ATOM_MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
JSON_FEED_MEDIA_TYPE: Final = "application/feed+json"

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry.

    Attributes:
        address: the page it is about, whole; it is the entry's id too.
        title: what is read in a list.
        text: what is read when it is opened.
        at: when it was published.
        html: the whole of it, safe to be shown; None where the text is all.
    """

    address: str
    title: str
    text: str
    at: datetime
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Attributes:
        title: what it is about.
        address: the page that lists the same, whole.
        itself: where the feed is, whole.
        entries: the latest first.
    """

    title: str
    address: str
    itself: str
    entries: Sequence[FeedEntry]


def write_atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = Element("feed", xmlns=_NAMESPACE)
    SubElement(root, "id").text = feed.itself
    SubElement(root, "title").text = feed.title
    SubElement(root, "updated").text = max((entry.at for entry in feed.entries), default=_BEGINNING).isoformat()
    SubElement(root, "link", rel="self", href=feed.itself)
    SubElement(root, "link", rel="alternate", href=feed.address)
    author = SubElement(root, "author")
    SubElement(author, "name").text = "Headrace"
    for entry in feed.entries:
        element = SubElement(root, "entry")
        SubElement(element, "id").text = entry.address
        SubElement(element, "title").text = entry.title
        SubElement(element, "updated").text = entry.at.isoformat()
        SubElement(element, "link", rel="alternate", href=entry.address)
        SubElement(element, "summary").text = entry.text
        if entry.html is not None:
            SubElement(element, "content", type="html").text = entry.html
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def write_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed."""
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.address,
            "feed_url": feed.itself,
            "items": [
                {
                    "id": entry.address,
                    "url": entry.address,
                    "title": entry.title,
                    "content_text": entry.text,
                    "date_published": entry.at.isoformat(),
                }
                for entry in feed.entries
            ],
        }
    )
