"""What is served where data was expected, and what to tell its publisher."""

import html
import re
from typing import Final, NoReturn

from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.format import Content, Format
from headrace.model.error import ConversionError

INSTEAD: Final = "Publish the register as a CSV file, a workbook or a geographic file."

REASONS: Final = {
    Format.EMPTY: f"The file is empty. {INSTEAD}",
    Format.BINARY: f"The file is binary and of no format that can be read. {INSTEAD}",
    Format.PDF: f"The file is a PDF, made for reading by people, not by programs. {INSTEAD}",
    Format.DOCUMENT: f"The file is a word processor document, not a table. {INSTEAD}",
    Format.IMAGE: f"The file is an image. {INSTEAD}",
    Format.COMPRESSED: "The file is compressed in a way that is not read. Publish it as it is, or as a zip archive.",
    Format.SHAPES: "The file is a shapefile without its other parts. Publish all of them in a zip archive.",
    Format.INTERCHANGE: "The file is a MapInfo MIF file without its MID file. Publish both in a zip archive.",
}
"""Why each format that is not data is refused, in the words for its publisher."""

TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)


def refuse(content: Content, _choices: Choices = NO_CHOICES) -> NoReturn:
    """Refuse a format that is never data.

    Raises:
        ConversionError: always.
    """
    raise ConversionError(REASONS[content.format])


def refuse_page(content: Content, _choices: Choices = NO_CHOICES) -> NoReturn:
    """Refuse a web page, saying its title: it often tells what went wrong.

    Raises:
        ConversionError: always.
    """
    source = content.text.utf8.decode() if content.text else ""
    title = TITLE.search(source)
    called = f" called {' '.join(html.unescape(title[1]).split())[:100]!r}" if title else ""
    raise ConversionError(
        f"A web page{called} was served instead of data. Check that the address is that of the file itself, "
        "not of a page about it, and that the file is still there."
    )
