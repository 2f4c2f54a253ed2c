"""Answers that are not data, although their status says that all is well.

Only what is certainly a message of the server is refused here. A document that a publisher put where data should be,
such as a PDF register, is kept: what can be read from it is judged when it is converted.
"""

import re
from typing import Final

LOOKED_AT: Final = 4096
"""How many bytes of a body are looked at."""

ROOT: Final = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>)*+<([a-z_][\w.:-]*)", re.DOTALL | re.IGNORECASE)
"""The name of the root element, past the declaration, comments and document type."""

JSON_ERROR: Final = re.compile(rb'\s*\{\s*"error"\s*:', re.IGNORECASE)
"""How map servers report an error with status 200."""

HTML_ROOTS: Final = frozenset(
    (b"html", b"head", b"body", b"title", b"meta", b"script", b"style", b"div", b"p", b"h1", b"center", b"link")
)

MESSAGE_ROOTS: Final = {
    b"exceptionreport": "an error report of a map service (OWS ExceptionReport)",
    b"serviceexceptionreport": "an error report of a map service (OGC ServiceExceptionReport)",
    b"error": "an error message in XML, as storage services send",
    b"wfs_capabilities": "the description of a map service; its address lacks the request for features",
    b"wms_capabilities": "the description of a map service; its address lacks the request for features",
    b"capabilities": "the description of a map service; its address lacks the request for features",
}
"""Root elements, without prefix and in lower case, of XML that carries no data."""


def judge_body(content_type: str | None, body: bytes) -> str | None:
    """What a body is instead of data, as the rest of a sentence; None when it may be data.

    Only the first `LOOKED_AT` bytes are looked at. They count for more than the content type, which is often wrong:
    `text/html` is believed only of text that has no columns.
    """
    text = body[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if not text.strip():
        return "an empty body"
    if JSON_ERROR.match(text):
        return "an error report of a map service (JSON)"
    if found := ROOT.match(text):
        root = found[1].lower().rpartition(b":")[2]
        return "a web page" if root in HTML_ROOTS else MESSAGE_ROOTS.get(root)
    if text.lstrip()[:14].lower() == b"<!doctype html":
        return "a web page"
    if (content_type or "").lower().startswith("text/html") and not _has_columns(text):
        return "a web page"
    return None


def _has_columns(text: bytes) -> bool:
    """Whether text may be data: several columns in its first line, JSON, or anything that is no text at all."""
    first_line = text.lstrip().split(b"\n", 1)[0]
    return text.lstrip()[:1] in (b"{", b"[") or b"\0" in text or max(first_line.count(c) for c in b",;\t|") >= 2
