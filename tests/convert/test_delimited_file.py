from pathlib import Path

import polars as pl
import pytest

from headrace.convert.choices import NO_CHOICES
from headrace.convert.resource import convert, convert_parts
from headrace.model.cells import Unconverted

LINES = "".join(f"{number},Caf\u00e9 {number}\r\n" for number in range(1, 1001))


def _write(folder: Path, data: bytes) -> Path:
    path = folder / "resource"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_parts_of_a_large_file_are_its_cells(encoding: str, tmp_path: Path) -> None:
    """Only the first has the header; UTF-16 is read whole and then cut."""
    path = _write(tmp_path, f"Register\r\n\r\nreference,name,on\r\n{LINES}9,x,2020-01-01\r\n".encode(encoding))
    streamed = convert_parts(path, rows_at_once=300, stream_bytes=0, block_bytes=1000)
    assert not isinstance(streamed, Unconverted)
    conversion, parts = streamed
    frames = [part.frame for part in parts]
    whole = convert(path)
    assert not isinstance(whole, Unconverted)
    assert pl.concat(frames, how="diagonal").equals(whole.cells.frame)
    assert frames[0].row(0)[1:3] == ("reference", "name")
    assert (frames[-1]["line"][-1], conversion.cells.frame.height) == (1004, 0)
    assert (conversion.decisions, conversion.left_out, conversion.mime_type) == (
        whole.decisions,
        whole.left_out,
        whole.mime_type,
    )


def test_a_small_file_is_cut_into_the_same_parts(tmp_path: Path) -> None:
    """What reads them need not know."""
    path = _write(tmp_path, f"reference,name\r\n{LINES}".encode())
    streamed = convert_parts(path, rows_at_once=300)
    assert not isinstance(streamed, Unconverted)
    assert [part.frame.height for part in streamed[1]] == [300, 300, 300, 101]


def test_a_large_file_without_a_table_is_refused(tmp_path: Path) -> None:
    """As a small one is."""
    path = _write(tmp_path, b",,,\r\n" * 1000)
    assert convert_parts(path, NO_CHOICES, stream_bytes=0, block_bytes=100) == Unconverted(
        "The file holds no text in any cell. Publish a table with a header row.", "text/csv;charset=ascii"
    )


def test_choices_hold_for_a_large_file(tmp_path: Path) -> None:
    """Delimiter, encoding and header are those that configuration names."""
    path = _write(tmp_path, "note\na|b\ncaf\u00e9|1\n".encode("mac_roman"))
    choices = {"delimiter": "|", "encoding": "mac_roman", "header": "2"}
    streamed = convert_parts(path, choices, stream_bytes=0, block_bytes=4)
    assert not isinstance(streamed, Unconverted)
    assert pl.concat([part.frame for part in streamed[1]]).rows() == [(2, "a", "b"), (3, "caf\u00e9", "1")]
