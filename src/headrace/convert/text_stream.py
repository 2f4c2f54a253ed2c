"""A text too large to hold at once, piece by piece."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from headrace.convert.encoding import BEYOND_ASCII, Encoding, transcode

BLOCK_BYTES: Final = 16 << 20

_RETURN, _NEWLINE = b"\r\n"

STREAMED_CODECS: Final = frozenset({"utf_8", "ascii", "cp1252", "iso8859_1", "mac_roman"})
"""Encodings in which an ASCII byte is always that character, so that a text can be cut after any."""


class CountedBlocks:
    """The blocks of a file, as often as they are asked for, and how many NULs are in them.

    Counting goes along with the first reading that comes to the end, since each costs as much as a quarter of all else.
    """

    def __init__(self, path: Path, block_bytes: int = BLOCK_BYTES) -> None:
        self._path, self._block_bytes = path, block_bytes
        self._nuls: int | None = None

    def __call__(self) -> Iterator[bytes]:
        """The blocks from the beginning, as `read_blocks` gives them."""
        nuls = 0
        for block in read_blocks(self._path, self._block_bytes):
            nuls += block.count(0) if 0 in block else 0
            yield block
        self._nuls = nuls

    @property
    def nuls(self) -> int:
        """How many NULs are in the file."""
        if self._nuls is None:
            for _ in self():
                pass
        return self._nuls or 0


def read_blocks(path: Path, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The bytes of a file in blocks, none of which ends within a character of UTF-8 or between CR and LF.

    Args:
        path: an existing file.
        block_bytes: about how long a block is; one without any ASCII character goes on until there is one.
    """
    kept = b""
    with path.open("rb") as file:
        while block := file.read(block_bytes):
            block = kept + block
            whole = block.rstrip(BEYOND_ASCII)
            if whole.endswith(b"\r"):
                whole = whole[:-1]
            kept = block[len(whole) :]
            if whole:
                yield whole
    if kept:
        yield kept


def utf8_blocks(blocks: Iterator[bytes], encoding: Encoding) -> Iterator[bytes]:
    """The blocks of a text in UTF-8, lines ending in LF, without byte order mark and NULs.

    Args:
        blocks: as `read_blocks` gives them.
        encoding: one whose codec is among `STREAMED_CODECS`.
    """
    mark = encoding.mark
    for block in blocks:
        utf8 = transcode(block.removeprefix(mark), encoding).replace(b"\0", b"")
        mark = b""
        if utf8:
            yield with_newlines(utf8)


def with_newlines(utf8: bytes) -> bytes:
    """The text with LF for each CRLF and each CR."""
    if b"\r" not in utf8:
        return utf8
    codes = np.frombuffer(utf8, dtype=np.uint8)
    following = np.flatnonzero(codes == _RETURN) + 1
    if following[-1] < len(utf8) and (codes[following] == _NEWLINE).all():
        # Leaving out one character is several times as quick as replacing two.
        return utf8.replace(b"\r", b"")
    return utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
