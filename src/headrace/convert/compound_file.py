"""The sectors of a compound file, the container of xls: a damaged one can lead a reader round in circles.

The reader of workbooks follows such a circle until memory ends, and the process with it, so it is looked for before.
"""

import struct
from collections.abc import Sequence
from typing import Final

from headrace.model.error import ConversionError

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

NO_MORE_SECTORS: Final = 0xFFFF_FFFA
"""From here on a number does not name a sector. Source for all of this: [MS-CFB], version 3, 2.1 to 2.5."""

HEADER_BYTES: Final = 512
SECTOR_SHIFT: Final = 30
FIRST_MINI_SECTOR: Final = 60
FIRST_TABLE_SECTOR: Final = 68
TABLE_IN_HEADER: Final = slice(76, HEADER_BYTES)

BROKEN: Final = "The workbook is damaged: its parts do not hang together. Save it again, or publish a CSV file."


def refuse_circles(data: bytes) -> None:
    """Refuse a compound file whose table of sectors is cut short or leads back to where it was.

    Raises:
        ConversionError: it does; other damage is left to the reader to find.
    """
    if len(data) < HEADER_BYTES or data[SECTOR_SHIFT] not in (9, 12):
        raise ConversionError(BROKEN)
    successors: list[int] = []
    for sector in _table_sectors(data):
        successors.extend(_numbers(_sector(data, sector)))
    _refuse_circle(successors)
    small: list[int] = []
    sector = _number(data, FIRST_MINI_SECTOR)
    while sector < NO_MORE_SECTORS:
        small.extend(_numbers(_sector(data, sector)))
        sector = successors[sector] if sector < len(successors) else NO_MORE_SECTORS
    _refuse_circle(small)


def _table_sectors(data: bytes) -> list[int]:
    """The sectors that hold the table of sectors: 109 are named in the header, more in a chain of their own."""
    named = list(_numbers(data[TABLE_IN_HEADER]))
    sector = _number(data, FIRST_TABLE_SECTOR)
    seen: set[int] = set()
    while sector < NO_MORE_SECTORS:
        if sector in seen:
            raise ConversionError(BROKEN)
        seen.add(sector)
        *more, sector = _numbers(_sector(data, sector))
        named += more
    sectors = [number for number in named if number < NO_MORE_SECTORS]
    if len(set(sectors)) < len(sectors):
        raise ConversionError(BROKEN)
    return sectors


def _refuse_circle(successors: Sequence[int]) -> None:
    """Follow every chain once, to its end or to a sector that was followed before."""
    chain_of = [0] * len(successors)
    for start in range(len(successors)):
        sector = start
        while sector < len(successors) and not chain_of[sector]:
            chain_of[sector] = start + 1
            sector = successors[sector]
        if sector < len(successors) and chain_of[sector] == start + 1:
            raise ConversionError(BROKEN)


def _sector(data: bytes, number: int) -> bytes:
    size = 1 << data[SECTOR_SHIFT]
    sector = data[(number + 1) * size : (number + 2) * size]
    if len(sector) < size:
        raise ConversionError(BROKEN)
    return sector


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data)


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "little")
