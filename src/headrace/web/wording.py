"""How numbers, days and addresses are worded on pages: the filters of the templates."""

from collections.abc import Callable
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup


def format_count(number: int) -> str:
    """A whole number with commas: 18234 → `18,234`."""
    return f"{number:,}"


def format_day(text: str | None) -> str:
    """An ISO date in words: `2024-05-01` → `1 May 2024`; anything else as it is, nothing for nothing."""
    if not text:
        return ""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def format_month(text: str) -> str:
    """A month in words: `2020-06` → `June 2020`."""
    return f"{date.fromisoformat(f'{text}-01'):%B %Y}"


def format_bytes(length: int) -> str:
    """A length in bytes in the unit people use: 1536000 → `1.5 MB`."""
    size = float(length)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError("unreachable: GB ends the loop")


def name_field(field: str) -> str:
    """The name of a field as a label: `document-url` → `Document URL`."""
    words = field.replace("_", "-").split("-")
    said = " ".join(word.upper() if word in _INITIALS else word for word in words)
    return said[:1].upper() + said[1:]


def pluralise(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: (1, "row") → `1 row`, (2, "row") → `2 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def is_web_address(text: object) -> bool:
    """Whether a publisher's value may become a link: an absolute `http` or `https` URL and nothing else."""
    if not isinstance(text, str) or any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def format_sentence(text: str) -> str:
    """A description as a sentence: `land graded by quality` → `Land graded by quality.`."""
    said = text.strip()
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def render_markdown(text: str) -> Markup:
    """CommonMark as HTML; HTML in the text is shown as text, and links lead to web addresses alone."""
    return Markup(_MARKDOWN.render(text))  # noqa: S704 - the renderer escapes all that is not its own


_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})

_INITIALS: Final = frozenset({"id", "uri", "url", "uprn", "wkt"})

FILTERS: Final[dict[str, Callable[..., object]]] = {
    "count": format_count,
    "day": format_day,
    "month": format_month,
    "bytes": format_bytes,
    "label": name_field,
    "plural": pluralise,
    "markdown": render_markdown,
    "sentence": format_sentence,
    "is_web_address": is_web_address,
}
"""Name in templates → what it does."""
