from pathlib import Path

import pytest

from headrace.convert.encoding import choose_encoding, find_encoding
from headrace.convert.text_stream import CountedBlocks, read_blocks, utf8_blocks, with_newlines


@pytest.mark.parametrize("block_bytes", [1, 2, 3, 5, 100])
def test_no_block_ends_within_a_character_or_a_line_end(block_bytes: int, tmp_path: Path) -> None:
    """Each can be decoded by itself, and together they are the file."""
    data = "é,£\r\n€,ß\r\n\r\n".encode()
    (tmp_path / "file").write_bytes(data)
    blocks = list(read_blocks(tmp_path / "file", block_bytes))
    assert data == b"".join(blocks)
    assert all(block.decode() for block in blocks)
    assert not any(block.endswith(b"\r") for block in blocks)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc\n", b"a\nb\nc\n"),
        (b"\xa35\r\n\x00x", "£5\nx".encode()),
        (b"\xa35 caf\xc3\xa9\n", "£5 café\n".encode()),
    ],
    ids=["a byte order mark", "cp1252 and a NUL", "two encodings"],
)
def test_blocks_become_utf8_with_one_kind_of_line_end(data: bytes, expected: bytes, tmp_path: Path) -> None:
    """Without the byte order mark and without NULs, in the encoding that the whole file shows."""
    (tmp_path / "file").write_bytes(data)
    encoding = find_encoding(lambda: read_blocks(tmp_path / "file", 3))
    assert expected == b"".join(utf8_blocks(read_blocks(tmp_path / "file", 3), encoding))


def test_the_encoding_that_is_chosen_is_used() -> None:
    """Whatever the bytes look like."""
    encoding = choose_encoding("Mac-Roman", b"\x8e")
    assert list(utf8_blocks(iter([b"\x8e\n"]), encoding)) == ["é\n".encode()]


def test_line_ends_become_one() -> None:
    """LF, CRLF and CR alone."""
    assert with_newlines(b"a\rb\r\nc\n") == b"a\nb\nc\n"


@pytest.mark.parametrize("whole", [True, False], ids=["after a reading", "before any"])
def test_nuls_are_counted(whole: bool, tmp_path: Path) -> None:
    """Along with the first reading that comes to the end, or by one of their own."""
    path = tmp_path / "resource"
    path.write_bytes(b"a\0b\0\0c" * 10)
    blocks = CountedBlocks(path, 16)
    next(iter(blocks()))
    if whole:
        assert b"".join(blocks()) == path.read_bytes()
    assert (blocks.nuls, blocks.nuls) == (30, 30)
