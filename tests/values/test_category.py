"""Values from a list: every case of tests/cases/category, a file for each list that comes with Headrace.

Columns: `text` as given; `value` as published, empty for none; `logged` the values that are not on the list, ` | `
between several; `note`.
"""

import csv
from pathlib import Path

import polars as pl
import pytest

from configured import specified
from headrace.values.category import NAMED, parse, parse_column
from headrace.values.column import FEW

LISTS = specified().categories
CASES = [
    (path.stem, row)
    for path in sorted((Path(__file__).parent.parent / "cases" / "category").glob("*.csv"))
    for row in csv.DictReader(path.open(encoding="utf-8", newline=""))
]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {row['text']!r}" for name, row in CASES])
def test_a_text_is_published_as(name: str, case: dict[str, str]) -> None:
    """The value, and an issue for each part that is not on the list, are those of the case."""
    parsed = parse(case["text"], LISTS[name])
    assert case["value"] == (parsed.value or "")
    assert case["logged"] == " | ".join(problem.value or "" for problem in parsed.problems)
    assert {"invalid category value"} >= {problem.type for problem in parsed.problems}


def test_a_long_column_is_read_as_its_texts_are() -> None:
    """Values that are spelt as on the list already are not read one by one, and come out the same."""
    known = LISTS["ownership-status"]
    texts = [*known.values(), *(case["text"] for _, case in CASES), *(f"kind {number}" for number in range(FEW))]
    column = parse_column(pl.Series(texts), known)
    assert [parse(text, known).value for text in texts] == column.values.to_list()
    wrong = [(at, problem.value) for at, text in enumerate(texts) for problem in parse(text, known).problems]
    assert wrong == column.problems.select("index", "value").rows()


def test_the_message_names_a_short_list_and_not_a_long_one() -> None:
    """A publisher can choose from a few values; hundreds would hide the message."""
    known = {str(number): str(number) for number in range(NAMED + 1)}
    assert [problem.message for problem in parse("x", {"a": "A", "b": "B"}).problems] == [
        "{field} must be one of: A, B"
    ]
    assert [problem.message for problem in parse("x", known).problems] == [
        "{field} must be one of the list of its values"
    ]
