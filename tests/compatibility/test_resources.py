"""From the bytes of a resource to its facts, where the existing platform does something else, or something odd."""

import json
from pathlib import Path
from typing import Any

import pytest

from configured import configure, rules, table
from headrace.convert.resource import convert_bytes
from headrace.model.batch import Batch
from headrace.model.cells import Unconverted
from headrace.transform.phases import transform

CASES = json.loads((Path(__file__).parent.parent / "cases" / "compatibility" / "resources.json").read_text())

NUMBERED = {"A1": "1700001", "A2": "1700002", "A3": "1700003"}
"""The references that have an entity, in every case."""

READ = [case for case in CASES if "unread" not in case]
UNREAD = [case for case in CASES if "unread" in case]


def name(case: dict[str, Any]) -> str:
    return str(case["case"])


def batch(case: dict[str, Any]) -> Batch:  # Any: the cases are JSON
    """The case's resource, whose bytes are written as the characters of the same number, under its configuration."""
    lookups = [{"prefix": "brownfield-land", "reference": ref, "entity": number} for ref, number in NUMBERED.items()]
    tables = {file: table(file, *rows) for file, rows in case.get("configuration", {}).items()}
    conversion = convert_bytes(case["resource"].encode("latin-1"))
    assert not isinstance(conversion, Unconverted), conversion
    return transform(conversion.cells, rules(configure(lookup=table("lookup", *lookups), **tables)))


@pytest.mark.parametrize("case", READ, ids=name)
def test_a_resource_has_these_facts(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """All facts of the fields that the case names, and none at all where it names none."""
    facts = batch(case).facts
    told = {field: [] for field in case["facts"] or facts["field"].unique()}
    for fact in facts.iter_rows(named=True):
        if fact["field"] in told:
            told[fact["field"]].append([fact["entry"], fact["value"]])
    assert case["facts"] == told


@pytest.mark.parametrize("case", [case for case in READ if "issues" in case], ids=name)
def test_a_resource_has_these_issues(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """All issues of the types that the case names."""
    issues = batch(case).issues
    told = {kind: issues.filter(issues["type"] == kind) for kind in case["issues"]}
    assert case["issues"] == {kind: [list(row) for row in one["entry", "value"].rows()] for kind, one in told.items()}


@pytest.mark.parametrize("case", [case for case in READ if "lines" in case], ids=name)
def test_an_issue_names_the_line_of_its_record(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """Records that were refused before it are counted."""
    issues = batch(case).issues
    assert case["lines"] == {kind: issues.filter(issues["type"] == kind)["line"].to_list() for kind in case["lines"]}


@pytest.mark.parametrize("case", [case for case in READ if "refused" in case], ids=name)
def test_what_does_not_become_facts_is_told(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """Line and phase of each refused record."""
    assert case["refused"] == [list(row) for row in batch(case).refused["line", "phase"].rows()]


@pytest.mark.parametrize("case", [case for case in READ if "claims" in case], ids=name)
def test_columns_are_told_without_any_entry(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """Which column was read as which field is known from the header."""
    assert case["claims"] == [list(row) for row in batch(case).claims.rows()]


@pytest.mark.parametrize("case", UNREAD, ids=name)
def test_what_is_not_data_has_no_rows(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """The reason says what was found instead."""
    conversion = convert_bytes(case["resource"].encode("latin-1"))
    assert isinstance(conversion, Unconverted)
    assert case["unread"] in conversion.reason
