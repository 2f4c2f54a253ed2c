"""The encoding of a text: found from its bytes alone, without statistics about languages.

A byte order mark decides; then a pattern of NULs (UTF-16 without its mark); then whether the whole is UTF-8; then the
single-byte encoding of the machine that saved it: Windows (cp1252) or, on the evidence, an old Macintosh (Mac Roman).
Detectors that guess by frequency read British registers as Polish, Russian or Japanese.
"""

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from itertools import chain
from typing import Final

import numpy as np
import polars as pl

from headrace.convert.choices import CONFIGURED
from headrace.model.cells import Confidence, Decision
from headrace.model.error import ConversionError

BYTE_ORDER_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf_32"),
    (b"\x00\x00\xfe\xff", "utf_32"),
    (b"\xff\xfe", "utf_16"),
    (b"\xfe\xff", "utf_16"),
)
UTF8_MARK: Final = b"\xef\xbb\xbf"

UTF8_SEQUENCE: Final = re.compile(
    rb"""[\xc2-\xdf][\x80-\xbf]
    | \xe0[\xa0-\xbf][\x80-\xbf] | [\xe1-\xec\xee\xef][\x80-\xbf]{2} | \xed[\x80-\x9f][\x80-\xbf]
    | \xf0[\x90-\xbf][\x80-\xbf]{2} | [\xf1-\xf3][\x80-\xbf]{3} | \xf4[\x80-\x8f][\x80-\xbf]{2}""",
    re.VERBOSE,
)
"""One character beyond ASCII in UTF-8. Source: The Unicode Standard, table 3-7."""

BEYOND_ASCII: Final = bytes(range(0x80, 0x100))
UNDEFINED_IN_WINDOWS: Final = b"\x81\x8d\x8f\x90\x9d"
WINDOWS_MARKS: Final = b"\x91\x92\x93\x94\x96\x97"
"""Curly quotes and dashes in cp1252; accented letters in Mac Roman."""
MACINTOSH_MARKS: Final = b"\xd0\xd1\xd2\xd3\xd4\xd5"
"""Dashes and curly quotes in Mac Roman; accented capitals in cp1252."""

BLANK: Final = ord(" ")

SAMPLE_BYTES: Final = 4096


Blocks = Callable[[], Iterable[bytes]]
"""The bytes of a resource from the beginning, in blocks that end between characters wherever one byte beyond ASCII is
not the whole of a block; each call begins again."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become characters.

    Attributes:
        charset: in the spelling of a `;charset=`: `ascii`, `utf_8`, `utf_8-sig`, `utf_16`, `cp1252`, `mac_roman`, …
        codec: Python's name of what every byte is read with; for a `mixed` text, of those that are not UTF-8.
        reason: why, in a sentence.
        confidence: as `headrace.model.cells.Decision`.
        mark: the byte order mark to leave out.
        mixed: whether some characters are in UTF-8 although the text as a whole is not.
        proven: whether every byte was found to be part of a UTF-8 character.
    """

    charset: str
    codec: str
    reason: str
    confidence: Confidence = "sure"
    mark: bytes = b""
    mixed: bool = False
    proven: bool = False

    @property
    def decision(self) -> Decision:
        """The choice, told."""
        return Decision("encoding", self.charset, self.reason, self.confidence)


@dataclass(frozen=True, slots=True)
class Text:
    """A text whose encoding is known.

    Attributes:
        utf8: the text in UTF-8, without byte order mark and without NULs; line ends as they were.
        charset: the encoding it came in; see `Encoding`.
        decisions: why.
    """

    utf8: bytes
    charset: str
    decisions: tuple[Decision, ...]


def decode(data: bytes, chosen: str | None = None) -> Text:
    """The text of the bytes; always gives one, with U+FFFD where a byte means nothing in the encoding found.

    Args:
        data: a resource.
        chosen: the encoding that is configured for it; None to find it.

    Raises:
        ConversionError: there is no encoding of that name.
    """
    encoding = choose_encoding(chosen, data) if chosen else find_encoding(lambda: (data,))
    utf8 = transcode(data.removeprefix(encoding.mark), encoding)
    decisions = [encoding.decision]
    if b"\0" in utf8:
        decisions.append(nul_decision(utf8.count(0)))
        utf8 = utf8.replace(b"\0", b"")
    return Text(utf8, encoding.charset, tuple(decisions))


def find_encoding(blocks: Blocks) -> Encoding:
    """The encoding of a resource, from all of its bytes."""
    following = iter(blocks())
    first = next(following, b"")
    if (encoding := _by_mark(first) or _by_nuls(first)) is not None:
        return encoding
    mark = UTF8_MARK if first.startswith(UTF8_MARK) else b""
    ascii_only, utf8 = True, True
    for block in chain((first,), following):
        ascii_only = ascii_only and block.isascii()
        if not ascii_only and not (utf8 := _is_utf8(block)):
            break
    if ascii_only:
        return Encoding("ascii", "utf_8", "every byte is ASCII", proven=True)
    if utf8:
        if mark:
            reason = "a byte order mark says so, and every byte agrees"
            return Encoding("utf_8-sig", "utf_8", reason, mark=mark, proven=True)
        return Encoding("utf_8", "utf_8", "every byte beyond ASCII is part of a UTF-8 character", proven=True)
    return _single_byte(_survey(blocks), mark)


def choose_encoding(chosen: str, first: bytes) -> Encoding:
    """The encoding that configuration names; `first` is the beginning of the resource.

    Raises:
        ConversionError: Python knows none of that name.
    """
    try:
        name = codecs.lookup(chosen).name.replace("-", "_")
        "".encode(name)
    except LookupError as error:
        raise ConversionError(
            f"The configuration chooses the encoding {chosen!r}, which is not known. Choose one such as utf_8, cp1252 "
            "or mac_roman."
        ) from error
    marked = name in ("utf_8", "utf_8_sig") and first.startswith(UTF8_MARK)
    codec = "utf_8" if name == "utf_8_sig" else name
    return Encoding(name, codec, CONFIGURED, mark=UTF8_MARK if marked else b"")


def transcode(data: bytes, encoding: Encoding) -> bytes:
    """The bytes in UTF-8, with U+FFFD for those that mean nothing; without looking for a byte order mark."""
    if encoding.mixed:
        return _joined(data, encoding.codec)
    if encoding.proven:
        return data
    if encoding.codec == "utf_8" and (data.isascii() or _is_utf8(data)):
        return data
    return data.decode(encoding.codec, errors="replace").encode(errors="replace")


def nul_decision(count: int) -> Decision:
    """What to say of NULs that were left out."""
    return Decision("nul", "removed", f"{count} NUL characters mean nothing in a text")


def _by_mark(first: bytes) -> Encoding | None:
    for mark, charset in BYTE_ORDER_MARKS:
        if first.startswith(mark):
            return Encoding(charset, charset, "a byte order mark says so")
    return None


def _by_nuls(first: bytes) -> Encoding | None:
    """UTF-16 without a mark: English text has a NUL in every other byte."""
    sample = first[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 4
    for charset, nuls, others in (("utf_16_le", odd, even), ("utf_16_be", even, odd)):
        if nuls > enough > 0 and others * 10 < nuls:
            reason = "every other byte is NUL, as in UTF-16 without a byte order mark"
            return Encoding(charset, charset, reason, "likely")
    return None


@dataclass(frozen=True, slots=True)
class _Survey:
    """What stands in a text that is not UTF-8: how many UTF-8 characters, and how many bytes beside them."""

    sequences: int = 0
    strays: int = 0
    undefined: int = 0
    windows: int = 0
    macintosh: int = 0
    returns: int = 0
    newlines: int = 0

    def __add__(self, other: "_Survey") -> "_Survey":
        return _Survey(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))


def _survey(blocks: Blocks) -> _Survey:
    total = _Survey()
    for number, block in enumerate(blocks()):
        data = _beyond_ascii(block.removeprefix(UTF8_MARK) if number == 0 else block)
        sequences = len(UTF8_SEQUENCE.findall(data))
        single = UTF8_SEQUENCE.sub(b"", data) if sequences else data
        total += _Survey(
            sequences=sequences,
            strays=len(single) - len(single.translate(None, BEYOND_ASCII)),
            undefined=sum(map(single.count, UNDEFINED_IN_WINDOWS)),
            windows=sum(map(single.count, WINDOWS_MARKS)),
            macintosh=sum(map(single.count, MACINTOSH_MARKS)),
            returns=block.count(b"\r"),
            newlines=block.count(b"\n"),
        )
    return total


def _single_byte(survey: _Survey, mark: bytes) -> Encoding:
    """Text that is not UTF-8 as a whole: single bytes, and perhaps UTF-8 where texts of two origins were joined."""
    charset, reason = _origin(survey)
    if not survey.sequences or charset == "mac_roman":
        return Encoding(charset, charset, reason, "likely", mark)
    main = "utf_8" if survey.sequences > survey.strays else charset
    joined = f"{survey.sequences} characters are UTF-8 and {survey.strays} bytes are not: those were read as {charset}"
    return Encoding(main, charset, joined, "likely", mark, mixed=True)


def _origin(survey: _Survey) -> tuple[str, str]:
    returns_only = survey.returns > 0 and not survey.newlines
    if (survey.undefined or returns_only) and survey.macintosh + survey.undefined >= survey.windows:
        why = "lines end in CR alone" if returns_only else f"{survey.undefined} bytes mean nothing in cp1252"
        return "mac_roman", f"not UTF-8, and {why}, as in files saved by an old Macintosh"
    return "cp1252", "not UTF-8, so taken for the encoding of Windows in Western Europe"


def _joined(data: bytes, charset: str) -> bytes:
    parts = []
    end = 0
    for sequence in UTF8_SEQUENCE.finditer(data):
        parts += [data[end : sequence.start()].decode(charset, errors="replace").encode(), sequence[0]]
        end = sequence.end()
    return b"".join([*parts, data[end:].decode(charset, errors="replace").encode()])


def _is_utf8(data: bytes) -> bool:
    try:
        pl.Series([data]).cast(pl.String)  # Several times as fast as `bytes.decode`, which makes a text of it.
    except pl.exceptions.PolarsError:
        return False
    return True


def _beyond_ascii(data: bytes) -> bytes:
    """The bytes that are not ASCII, with a blank between those that are not neighbours: little to look through."""
    codes = np.frombuffer(data, dtype=np.uint8)
    places = np.flatnonzero(codes & 0x80)
    gaps = np.flatnonzero(np.diff(places) > 1) + 1
    return np.insert(codes[places], gaps, BLANK).tobytes()
