"""Tables of configuration are the same rows however they are read."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from headrace.model.error import ConfigurationError
from headrace.store.csv_table import read_table

PIECES = ["a", "B,", ",", '"', '""', "\n", "\r\n", " ", "é", "x,y\n", '"q,r",s\n', "\x0b", "\u2028", "1,2\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def said(path: Path, fast_length: int) -> list[dict[str, str]] | str:
    """The rows of a file, or what is wrong with it."""
    try:
        return list(read_table(path, "t.csv", fast_length).rows())
    except ConfigurationError as error:
        return str(error)


@settings(max_examples=400)
@given(TEXTS)
def test_line_by_line_is_as_by_the_csv_module(text: str) -> None:
    """Quotes, blank lines, line breaks of all sorts and rows of the wrong width are read, or refused, alike."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(f"x,y\n{text}".encode())
        assert said(path, 1_000_000) == said(path, 0)
