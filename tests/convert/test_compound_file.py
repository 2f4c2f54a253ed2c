import struct

import pytest

from headrace.convert.compound_file import SIGNATURE, refuse_circles
from headrace.model.error import ConversionError

END, FREE, TABLE = 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD


def _compound_file(successors: list[int], *, mini_sector: int = END, more_tables: int = END) -> bytes:
    """A file whose first sector is the table of sectors; the others hold numbers of sectors, the last of them 1."""
    header = bytearray(512)
    header[:8] = SIGNATURE
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 60, mini_sector)
    struct.pack_into("<I", header, 68, more_tables)
    struct.pack_into("<109I", header, 76, 0, *[FREE] * 108)
    table = struct.pack("<128I", *successors, *[FREE] * (128 - len(successors)))
    return bytes(header) + table + struct.pack("<128I", *range(1, 128), 1) * (len(successors) - 1)


def test_chains_that_end_are_accepted() -> None:
    """A chain of three sectors and one of two that joins it."""
    refuse_circles(_compound_file([TABLE, 2, 3, END, 2]))


@pytest.mark.parametrize(
    "data",
    [
        _compound_file([TABLE, 1]),
        _compound_file([TABLE, 2, 3, 1]),
        _compound_file([TABLE, END], mini_sector=1),
        _compound_file([TABLE, END], more_tables=1),
        _compound_file([TABLE, END])[:600],
        SIGNATURE,
    ],
    ids=["itself", "three in a circle", "small sectors", "tables", "cut short", "only a name"],
)
def test_a_chain_without_an_end_is_refused(data: bytes) -> None:
    """A reader would follow it until memory ends."""
    with pytest.raises(ConversionError, match="damaged"):
        refuse_circles(data)
