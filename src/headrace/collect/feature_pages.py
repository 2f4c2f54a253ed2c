"""Pages of features, GML or GeoJSON, are put together as if they had been sent at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from headrace.collect.answer import Answer, Unanswered

ROOT: Final = re.compile(rb"<[A-Za-z_][^>]*>")
"""The start of the collection, past the declaration and comments."""

OF_A_PAGE: Final = re.compile(rb"\s(?:numberReturned|numberOfFeatures|next|previous)=\"[^\"]*\"")
"""What the start of a collection says of a page, and not of the whole."""

RETURNED: Final = re.compile(rb"\s(?:numberReturned|numberOfFeatures)=\"(\d+)\"")
MEMBER: Final = re.compile(rb"<(?:[\w.-]+:)?(?:member|featureMember)[\s>]")
BOUNDS: Final = re.compile(rb"\A\s*<((?:[\w.-]+:)?boundedBy)\b.*?</\1\s*>", re.DOTALL)
"""The bounds of a page, where features begin."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        before, inner, after: of GML, the bytes up to the first feature, of the features, and from the last one on; of
            GeoJSON the features alone, one a line.
        features: how many there are.
    """

    before: bytes
    inner: bytes
    after: bytes
    features: int


def read_page(answer: Answer) -> Page:
    """The page in an answer.

    Raises:
        Unanswered: it is neither GML nor GeoJSON.
    """
    if answer.body.lstrip()[:1] == b"{":
        return _read_json(answer)
    root = ROOT.search(answer.body)
    end = answer.body.rfind(b"</")
    if root is None or (end < root.end() and not root[0].endswith(b"/>")):
        raise _no_page(answer, "its XML has no beginning and end")
    if root[0].endswith(b"/>"):
        return Page(answer.body, b"", b"", 0)
    inner = answer.body[root.end() : end]
    said = RETURNED.search(root[0])
    features = int(said[1]) if said else len(MEMBER.findall(inner))
    before = answer.body[: root.start()] + OF_A_PAGE.sub(b"", root[0])
    return Page(before, inner, answer.body[end:], features)


def join_pages(pages: Sequence[Page]) -> bytes:
    """The collection that the pages make, in their order; a last page without features adds nothing."""
    full = [page for page in pages if page.features] or list(pages[:1])
    if full[0].after == b"":
        return full[0].before
    between = b",\n" if full[0].before.startswith(b"{") else b""
    inner = between.join([full[0].inner, *(BOUNDS.sub(b"", page.inner) for page in full[1:])])
    return full[0].before + inner + full[0].after


def _read_json(answer: Answer) -> Page:
    try:
        collection = orjson.loads(answer.body)
        features = collection["features"]
        lines = b",\n".join(orjson.dumps(feature) for feature in features)
    except (ValueError, KeyError, TypeError) as error:
        raise _no_page(answer, f"its JSON is no FeatureCollection ({error!r})") from error
    crs = b',"crs":' + orjson.dumps(collection["crs"]) if collection.get("crs") else b""
    return Page(b'{"type":"FeatureCollection"' + crs + b',"features":[\n', lines, b"\n]}\n", len(features))


def _no_page(answer: Answer, problem: str) -> Unanswered:
    return Unanswered(
        f"the map server sent no page of features: {problem}",
        status=answer.status,
        final_url=answer.final_url,
        content_type=answer.content_type,
        received=len(answer.body),
        headers=answer.headers,
    )
