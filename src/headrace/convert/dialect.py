"""The character that separates the cells of a delimited text."""

from collections import Counter
from itertools import islice
from typing import Final

from headrace.convert.choices import CONFIGURED, NO_CHOICES, Choices
from headrace.convert.header import HEAD_RECORDS
from headrace.convert.records import records
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}

HEAD_BYTES: Final = 1 << 16


def head_records(utf8: bytes, delimiter: str) -> list[list[str]]:
    """The first records of a text, the last one left out when only part of it is in sight."""
    head = list(islice(records(utf8[:HEAD_BYTES].decode(errors="ignore"), delimiter), HEAD_RECORDS))
    cut = len(utf8) > HEAD_BYTES and len(head) < HEAD_RECORDS
    return head[:-1] if cut and len(head) > 1 else head


def choose_delimiter(utf8: bytes, choices: Choices = NO_CHOICES) -> tuple[str, Decision]:
    """The delimiter that makes the widest regular table of the first records; a comma when none does better.

    A delimiter scores the number of records that have the most frequent number of cells, times the delimiters in each.
    Lists separated by `;` inside cells score little, because they differ from record to record. A first line `sep=;`,
    as Excel writes and obeys it, decides.

    Args:
        utf8: a text in UTF-8; lines end in LF.
        choices: a `delimiter` that configuration names decides: the character, or its name.

    Raises:
        ConversionError: what configuration names is none of `DELIMITERS`.
    """
    if (chosen := choices.get("delimiter")) is not None:
        return _configured(chosen)
    if (told := _told(utf8)) is not None:
        return told, Decision("delimiter", DELIMITERS[told], "the first line says so")
    head = utf8[:HEAD_BYTES]
    best, best_score = ",", _score(utf8, ",")
    for delimiter in DELIMITERS:
        if delimiter.encode() in head and (score := _score(utf8, delimiter)) > best_score:
            best, best_score = delimiter, score
    if best != ",":
        return best, Decision("delimiter", DELIMITERS[best], "it makes a wider regular table than a comma does")
    return best, Decision("delimiter", "comma", "no other makes a wider regular table")


def without_told(utf8: bytes) -> bytes:
    """The text with a first line `sep=;` left blank, so that records keep their numbers."""
    return utf8[utf8.find(b"\n") :] if _told(utf8) is not None and b"\n" in utf8 else utf8


def _configured(chosen: str) -> tuple[str, Decision]:
    for delimiter, name in DELIMITERS.items():
        if chosen in (delimiter, name):
            return delimiter, Decision("delimiter", name, CONFIGURED)
    raise ConversionError(
        f"The configuration chooses the delimiter {chosen!r}; choose one of {', '.join(DELIMITERS.values())}."
    )


def _told(utf8: bytes) -> str | None:
    line = utf8[:8].split(b"\n", 1)[0].decode(errors="ignore")
    told = line.removeprefix("sep=")
    return told if told != line and told in DELIMITERS else None


def _score(utf8: bytes, delimiter: str) -> int:
    widths = [len(record) for record in head_records(utf8, delimiter) if record]
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0
    width, support = max(counts.items(), key=lambda item: item[1] * (item[0] - 1))
    if delimiter != "," and 2 * support < len(widths):
        return 0
    return support * (width - 1)
