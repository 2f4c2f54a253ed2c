"""Answers that are not data."""

import csv
from pathlib import Path

import pytest

from headrace.collect.not_data import LOOKED_AT, judge_body

CASES = Path(__file__).parents[1] / "cases" / "collect" / "not_data.csv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case"])
def test_a_body_is_told_from_a_message_of_the_server(case: dict[str, str]) -> None:
    """The first bytes say whether a body may be data; the content type counts only where they say nothing."""
    body = case["body"].encode().decode("unicode_escape").encode("latin-1")
    assert (case["verdict"] or None) == judge_body(case["content type"], body)


def test_a_body_without_a_content_type_may_be_data() -> None:
    """A server need not say what it serves."""
    assert judge_body(None, b"one line of text") is None


def test_only_the_beginning_is_looked_at() -> None:
    """A blank beginning as long as what is looked at counts as empty, whatever follows, and takes no time."""
    assert judge_body("text/csv", b" " * LOOKED_AT + b"<html>") == "an empty body"
