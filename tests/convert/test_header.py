import json
from pathlib import Path
from typing import Any

import pytest

from headrace.convert.header import find_header

CASES = json.loads((Path(__file__).parents[1] / "cases" / "convert" / "header.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fact"])
def test_the_header_is_found(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """As the case says; records are counted from 0."""
    assert case["header"] == find_header(case["records"])[0]


def test_leaving_out_a_title_is_told() -> None:
    """The decision names the record, counted from 1, and what was above it."""
    _, decision = find_header([["Register"], ["a", "b", "c"], ["1", "2", "3"]])
    assert decision is not None
    assert (decision.about, decision.choice) == ("header", "record 2")
    assert decision.reason == "the record above it is a title, not column names"
