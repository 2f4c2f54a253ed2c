"""The links of a web page."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit


@dataclass(frozen=True, slots=True)
class Link:
    """One link.

    Attributes:
        url: absolute, of the web, without what stands after `#`.
        text: what a person reads, white space as single blanks; "" where that is a picture.
    """

    url: str
    text: str


def find_links(html: str, page_url: str) -> list[Link]:
    """The links of a page in their order, whatever state its HTML is in; those that lead nowhere are left out.

    Args:
        html: the page, decoded.
        page_url: where it was had from; links are relative to it, or to its `<base>`.
    """
    reader = _LinkReader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        pass  # the parser's word for a declaration that it does not know: what came before it is read
    base = _absolute(page_url, reader.base) or page_url
    found = [Link(_absolute(base, href), " ".join(text.split())) for href, text in reader.links]
    return [link for link in found if link.url]


def _absolute(base: str, href: str) -> str:
    """The address on the web that a reference means; "" where it means none."""
    try:
        url = urldefrag(urljoin(base, href.strip())).url
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url.replace(" ", "%20") if parts.scheme in ("http", "https") and parts.hostname else ""


class _LinkReader(HTMLParser):
    """Collects references with the text between their tags; a link that is not closed ends where the next begins."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.links: list[tuple[str, str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "base" and href and not self.base:
            self.base = href
        elif tag == "a":
            self._open = href is not None
            if href is not None:
                self.links.append((href, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            href, text = self.links[-1]
            self.links[-1] = (href, text + data)
