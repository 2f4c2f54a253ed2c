"""How wide text is, and where it breaks into lines: for pictures, which do not wrap by themselves.

The widths are those of Helvetica, to which Arial and Liberation Sans are alike; pictures ask for these typefaces.
"""

from functools import lru_cache
from typing import Final

TYPEFACE: Final = "Arial, Helvetica, 'Liberation Sans', sans-serif"
"""What pictures are lettered in."""

# fmt: off
REGULAR: Final = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
"""Thousandths of the size, for the characters from space to tilde."""

BOLD: Final = (
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611),
    *(975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556),
    *(333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611),
    *(611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584),
)
"""The same in bold."""
# fmt: on

KEPT: Final = 10_000
"""How many texts are remembered: a picture is drawn again and again of nearly the same."""

NARROW: Final = {"’": 278, "‘": 278, "·": 278, "–": 556, "“": 500, "”": 500}
"""The same for other characters; one that is not here is taken to be as wide as it can be, 1,000."""


@lru_cache(maxsize=KEPT)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text, in the unit of its size."""
    widths = BOLD if bold else REGULAR
    total = 0
    for character in text:
        place = ord(character) - 32
        total += widths[place] if 0 <= place < len(widths) else NARROW.get(character, 1000)
    return total * size / 1000


@lru_cache(maxsize=KEPT)
def wrap_text(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text, none wider than `width`; a word that is too wide is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        rest = word
        while rest:
            tried = f"{line} {rest}" if line else rest
            if text_width(tried, size, bold=bold) <= width:
                line, rest = tried, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                fits = _fitting(rest, size, width, bold=bold)
                lines.append(rest[:fits])
                rest = rest[fits:]
    return (*lines, line) if line else tuple(lines)


def shorten_text(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits followed by an ellipsis."""
    if text_width(text, size, bold=bold) <= width:
        return text
    room = width - text_width("…", size, bold=bold)
    return text[: _fitting(text, size, room, bold=bold)].rstrip() + "…"


def _fitting(word: str, size: float, width: float, *, bold: bool) -> int:
    """How many characters fit, one at least."""
    fits = 1
    while fits < len(word) and text_width(word[: fits + 1], size, bold=bold) <= width:
        fits += 1
    return fits
