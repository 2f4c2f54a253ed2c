"""Laws of conversion: nothing raises, nothing is lost, and the fast way says what the slow one does."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headrace.convert.delimited import read_delimited
from headrace.convert.encoding import decode
from headrace.convert.resource import convert, convert_bytes, convert_parts
from headrace.model.cells import Converted, Unconverted
from headrace.model.error import ConversionError

cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r;\t|\ufeff", exclude_categories=["Cs"]), max_size=6
)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=8)
)
odd_texts = st.text(st.sampled_from('a1 ,;"\n\r\t|é'), max_size=60)
beginnings = st.sampled_from(
    [
        b"",
        b"<",
        b"<kml>",
        b"<?xml ",
        b"{",
        b"[",
        b'{"type": "FeatureCollection", ',
        b"%PDF",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"SQLite format 3\0",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ]
)


@given(beginnings, st.binary(max_size=200))
@settings(deadline=None)  # The first geographic file takes a while: GDAL is loaded for it.
def test_any_bytes_give_cells_or_a_reason(beginning: bytes, rest: bytes) -> None:
    """And the same bytes give the same."""
    result = convert_bytes(beginning + rest)
    assert isinstance(result, Converted | Unconverted)
    again = convert_bytes(beginning + rest)
    if isinstance(result, Converted) and isinstance(again, Converted):
        assert result.cells.frame.equals(again.cells.frame)
        assert result.decisions == again.decisions
    else:
        assert result == again


@given(tables)
def test_what_the_csv_module_writes_is_read(table: list[list[str]]) -> None:
    """Every cell of every record, in its place."""
    file = io.StringIO()
    csv.writer(file).writerows(table)
    text = decode(file.getvalue().encode())
    try:
        frame = read_delimited(text).frame
    except ConversionError:
        assert sum(1 for record in table for cell in record if cell) <= 1
        return
    lines = frame["line"].to_list()
    read = [[cell or "" for cell in record[1:]] for record in frame.rows()]
    written = [table[line - 1][: frame.width - 1] for line in lines]
    assert written == read
    assert not any(cell for line in lines for cell in table[line - 1][frame.width - 1 :])


@given(odd_texts)
def test_the_fast_way_says_what_the_slow_way_says(text: str) -> None:
    """Whatever quotes, blank lines and ragged records there are."""
    decoded = decode(text.encode())
    try:
        slow = read_delimited(decoded, fast_bytes=1 << 40)
    except ConversionError:
        with pytest.raises(ConversionError):
            read_delimited(decoded, fast_bytes=0)
        return
    fast = read_delimited(decoded, fast_bytes=0)
    assert slow.frame.equals(fast.frame)
    assert slow.frame.schema == fast.frame.schema


@given(
    odd_texts,
    st.sampled_from(["utf-8", "cp1252", "utf-8-sig"]),
    st.sampled_from([1, 2, 5, 100]),
    st.sampled_from([1, 3, 7, 16, 1000]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_parts_of_a_file_are_the_whole(
    tmp_path: Path, text: str, encoding: str, rows_at_once: int, block_bytes: int
) -> None:
    """However small the parts, and wherever the blocks end that are read at once."""
    path = tmp_path / "resource"
    path.write_bytes(text.encode(encoding))
    whole = convert(path)
    streamed = convert_parts(path, rows_at_once=rows_at_once, stream_bytes=0, block_bytes=block_bytes)
    if isinstance(whole, Unconverted) or isinstance(streamed, Unconverted):
        assert isinstance(whole, Unconverted)
        assert isinstance(streamed, Unconverted)
        assert whole.reason == streamed.reason
        return
    conversion, parts = streamed
    frames = [part.frame for part in parts]
    assert whole.cells.frame.equals(pl.concat(frames, how="diagonal"))
    assert max(frame.height for frame in frames) <= rows_at_once
    assert [made for made in whole.decisions if made.about != "quote"] == list(conversion.decisions)
    assert whole.left_out == conversion.left_out
