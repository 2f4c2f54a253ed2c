from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from headrace.convert.records import is_quoted_regularly, read_parts, records


def _parts(text: str, rows_at_once: int = 100, width: int = 2, block: int = 5) -> list[pl.DataFrame]:
    utf8 = text.encode()
    blocks: Iterator[bytes] = iter([utf8[start : start + block] for start in range(0, len(utf8), block)])
    return list(read_parts(blocks, ",", width, rows_at_once))


def test_record_numbers_go_on_from_part_to_part() -> None:
    """Blank lines are records, and no part has more records than it may."""
    parts = _parts("a,b\n1,2\n\n3,4\n5,6\n", rows_at_once=2)
    assert pl.concat(parts, how="diagonal").rows() == [
        (1, "a", "b"),
        (2, "1", "2"),
        (3, None, None),
        (4, "3", "4"),
        (5, "5", "6"),
    ]
    assert max(part.height for part in parts) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n1,"two\nlines"\n', [("a", "b"), ("1", "two\nlines")]),
        ('a,b\n1,6" pipe\n2,3\n', [("a", "b"), ("1", '6" pipe'), ("2", "3")]),
        ('a,b\n1,"never closed\n2,3\n', [("a", "b"), ("1", "never closed\n2,3\n")]),
        ("a,b\n1,2,3\n", [("a", "b", None), ("1", "2", "3")]),
        ("a,b\n1,2", [("a", "b"), ("1", "2")]),
        ("", []),
    ],
    ids=[
        "a line break in quotes",
        "a stray quote",
        "a quote never closed",
        "a long record",
        "no last line end",
        "none",
    ],
)
def test_records_are_those_of_the_csv_module(text: str, expected: list[tuple[str | None, ...]]) -> None:
    """However the blocks fall."""
    for block in (1, 2, 3, 7, 100):
        parts = _parts(text, block=block)
        assert expected == (pl.concat(parts, how="diagonal").drop("line").rows() if parts else [])
    assert [list(filter(None, record)) for record in expected] == list(records(text, ","))


@pytest.mark.parametrize(
    ("text", "regular"),
    [(b'"a","b"\n', True), (b'"a ""b"" c"\n', True), (b'a"b\n', False), (b'"a"b,c\n', False), (b"", True)],
)
def test_quotes_are_regular_when_they_stand_at_the_edges_of_cells(text: bytes, regular: bool) -> None:
    """Only then do all readers of CSV agree."""
    quotes = np.flatnonzero(np.frombuffer(text, np.uint8) == ord('"'))
    assert is_quoted_regularly(text, quotes, ord(",")) is regular
