import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from headrace.convert.delimited import FAST_BYTES, read_delimited
from headrace.convert.encoding import Text, decode
from headrace.model.error import ConversionError

CASES = json.loads((Path(__file__).parents[1] / "cases" / "convert" / "delimited.json").read_text("utf-8"))

LONG = "".join(f"{number},High Street {number},2020-01-{number % 28 + 1:02}\n" for number in range(1, 8001))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fact"])
def test_a_delimited_text_becomes_a_table(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """As the case says; each record is given with its number."""
    table = read_delimited(decode(case["text"].encode()))
    assert case["cells"] == [list(row) for row in table.frame.rows()]
    assert case["delimiter"] == next(choice.choice for choice in table.decisions if choice.about == "delimiter")


@pytest.mark.parametrize(
    "text",
    [
        f"reference,name,date\n{LONG}",
        f'reference,name,date\n{LONG}9,"High ""Old"" Street, Town",""\n',
        f'reference,name,date\n{LONG}\n9,"two\nlines",\n',
    ],
    ids=["plain", "quoted", "with line breaks"],
)
def test_a_long_text_is_read_as_a_short_one_would_be(text: str) -> None:
    """Polars and the csv module give the same cells, blank records and empty cells included."""
    assert len(text) > FAST_BYTES
    slow = read_delimited(decode(text.encode()), fast_bytes=len(text) + 1)
    assert slow.frame.equals(read_delimited(decode(text.encode())).frame)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ('9,6" pipe,2020-01-01\n', ("9", '6" pipe', "2020-01-01", None)),
        ("9,High Street,Town,2020-01-01\n", ("9", "High Street", "Town", "2020-01-01")),
    ],
    ids=["a stray quote", "a record too many cells long"],
)
def test_what_is_odd_in_a_long_text_is_read_by_the_csv_module(last: str, expected: tuple[str | None, ...]) -> None:
    """One odd record near the end loses nothing, there or anywhere."""
    frame = read_delimited(decode(f"reference,name,date\n{LONG}{last}".encode())).frame
    assert frame.height == 8002
    assert frame.row(-1)[1:] == expected[: frame.width - 1]


def test_a_quote_that_is_never_closed_is_told() -> None:
    """The lines after it are one cell, and a decision says so."""
    table = read_delimited(decode(b'a,b\n1,"High Street\n2,x\n3,y\n'))
    told = next(choice for choice in table.decisions if choice.about == "quote")
    assert told.choice == "record 2"


@pytest.mark.parametrize("text", ["Access denied", ",,\n,,\n"], ids=["one line", "no text"])
def test_a_text_without_a_table_is_refused(text: str) -> None:
    """One cell, or none, is not a table."""
    with pytest.raises(ConversionError, match="Publish a table with a header row"):
        read_delimited(decode(text.encode()))


def test_a_cell_may_be_longer_than_the_csv_module_allows_by_itself(rows: Callable[[pl.DataFrame], object]) -> None:
    """A geometry of 300,000 characters is one cell."""
    geometry = "1" * 300_000
    text = Text(f'a,b\n1,"{geometry}\n"\n2,x"\n'.encode(), "ascii", ())
    assert rows(read_delimited(text).frame) == [("a", "b"), ("1", f"{geometry}\n"), ("2", 'x"')]
