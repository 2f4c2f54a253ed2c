"""Configuration files: what is read, and how what is wrong is said."""

from pathlib import Path

import pytest

from headrace.model.error import ConfigurationError
from headrace.store.csv_table import read_optional_table, read_table


def write(folder: Path, body: bytes) -> Path:
    path = folder / "column.csv"
    path.write_bytes(body)
    return path


def test_rows_keep_the_line_they_start_on(tmp_path: Path) -> None:
    """A cell with a line break does not shift the numbers of the lines after it."""
    path = write(tmp_path, b'a,b\n1,"two\nlines"\n\n3,\n')
    rows = list(read_table(path, "column.csv").rows())
    assert rows == [{"#line": "2", "a": "1", "b": "two\nlines"}, {"#line": "5", "a": "3", "b": ""}]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", r"column\.csv:1: the file is empty; expected"),
        (b"a,a\n", r"column\.csv:1: the header names a twice"),
        (b"a,b\n1,2\n1,2,3\n", r"column\.csv:3: the row has 3 cells; expected 2 cells"),
        (b"a,b\n1\n", r"column\.csv:2: the row has 1 cells; expected 2 cells"),
        (b'a,b\n1,"2\n', r"column\.csv:\d: not CSV"),
        (b"a,b\n1,caf\xe9\n", r"column\.csv:2: byte 0xe9 is not UTF-8"),
    ],
)
def test_a_malformed_file_is_said_with_its_line(tmp_path: Path, body: bytes, message: str) -> None:
    """One error: which file, which line, what was found, what was expected."""
    with pytest.raises(ConfigurationError, match=message):
        read_table(write(tmp_path, body), "column.csv")


def test_a_missing_file_is_an_error_unless_it_may_be_left_out(tmp_path: Path) -> None:
    """A file that may be left out has no rows when it is."""
    with pytest.raises(ConfigurationError, match=r"column\.csv: cannot be read"):
        read_table(tmp_path / "column.csv", "column.csv")
    assert list(read_optional_table(tmp_path / "column.csv", "column.csv", ("a",)).rows()) == []
