"""The encoding of a text: found from its bytes alone, without statistics about languages.

A byte order mark decides; then a pattern of NULs (UTF-16 without its mark); then whether the whole is UTF-8; then the
single-byte encoding of the machine that saved it: Windows (cp1252) or, on the evidence, an old Macintosh (Mac Roman).
Detectors that guess by frequency read British registers as Polish, Russian or Japanese.
"""

import re
from dataclasses import dataclass
from typing import Final

from headrace.model.cells import Decision

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

SAMPLE_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Text:
    """A text whose encoding is known.

    Attributes:
        utf8: the text in UTF-8, without byte order mark and without NULs; line ends as they were.
        charset: the encoding it came in, in the spelling of a `;charset=`: `ascii`, `utf_8`, `utf_8-sig`, `utf_16`,
            `cp1252`, `mac_roman`, …
        decisions: why.
    """

    utf8: bytes
    charset: str
    decisions: tuple[Decision, ...]


def decode(data: bytes) -> Text:
    """The text of the bytes; always gives one, with U+FFFD where a byte means nothing in the encoding found."""
    utf8, charset, reason = _by_mark(data) or _by_nuls(data) or _utf8(data) or _single_byte(data)
    decisions = [Decision("encoding", charset, reason)]
    if b"\0" in utf8:
        decisions.append(Decision("nul", "removed", f"{utf8.count(0)} NUL characters mean nothing in a text"))
        utf8 = utf8.replace(b"\0", b"")
    return Text(utf8, charset, tuple(decisions))


_Found = tuple[bytes, str, str]


def _by_mark(data: bytes) -> _Found | None:
    for mark, charset in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _again(data, charset), charset, "a byte order mark says so"
    if data.startswith(UTF8_MARK):
        rest = data.removeprefix(UTF8_MARK)
        if _is_utf8(rest):
            return rest, "utf_8-sig", "a byte order mark says so, and every byte agrees"
    return None


def _by_nuls(data: bytes) -> _Found | None:
    """UTF-16 without a mark: English text has a NUL in every other byte."""
    sample = data[:SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 4
    for charset, nuls, others in (("utf_16_le", odd, even), ("utf_16_be", even, odd)):
        if nuls > enough > 0 and others * 10 < nuls:
            return _again(data, charset), charset, "every other byte is NUL, as in UTF-16 without a byte order mark"
    return None


def _utf8(data: bytes) -> _Found | None:
    if data.isascii():
        return data, "ascii", "every byte is ASCII"
    if _is_utf8(data):
        return data, "utf_8", "every byte beyond ASCII is part of a UTF-8 character"
    return None


def _single_byte(data: bytes) -> _Found:
    """Text that is not UTF-8 as a whole: single bytes, and perhaps UTF-8 where texts of two origins were joined."""
    data = data.removeprefix(UTF8_MARK)
    sequences = len(UTF8_SEQUENCE.findall(data))
    single = UTF8_SEQUENCE.sub(b"", data) if sequences else data
    charset, reason = _origin(single)
    if not sequences or charset == "mac_roman":
        return data.decode(charset, errors="replace").encode(), charset, reason
    strays = len(single) - len(single.translate(None, BEYOND_ASCII))
    main = "utf_8" if sequences > strays else charset
    joined = f"{sequences} characters are UTF-8 and {strays} bytes are not: those were read as {charset}"
    return _joined(data, charset), main, joined


def _origin(data: bytes) -> tuple[str, str]:
    undefined = sum(data.count(byte) for byte in UNDEFINED_IN_WINDOWS)
    returns_only = b"\r" in data and b"\n" not in data
    if undefined or returns_only:
        windows = sum(data.count(byte) for byte in WINDOWS_MARKS)
        macintosh = sum(data.count(byte) for byte in MACINTOSH_MARKS)
        if macintosh + undefined >= windows:
            why = "lines end in CR alone" if returns_only else f"{undefined} bytes mean nothing in cp1252"
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
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _again(data: bytes, charset: str) -> bytes:
    return data.decode(charset, errors="replace").encode(errors="replace")
