"""Every operation that an expectation may name, judged on a small dataset."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.entity_csv import flatten_entities
from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement
from headrace.watch.expectation.registry import OPERATIONS, judge

CASES = Path(__file__).parent.parent / "cases" / "expectation"
PASSED = {"yes": True, "no": False, "not judged": None}


def cases() -> list[dict[str, str]]:
    with (CASES / "operations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entities(name: str) -> pl.DataFrame:
    """A table `entity`; columns that a case does not have are null."""
    schema = DATASET_TABLES["entity"]
    read = pl.read_csv(CASES / f"{name}.csv", infer_schema=False)
    more = [pl.lit(None, kind).alias(column) for column, kind in schema.items() if column not in read.columns]
    return read.with_columns(more).select(schema.names()).cast(dict(schema))


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    """Four entities of two organisations, of which the fourth is in no file any more."""
    entity = entities("entity")
    others = {name: lambda name=name: entities(name) for name in ("local-planning-authority", "plan-timetable")}
    return Evidence(
        "plan",
        entity,
        entity.filter(pl.col("entity") < 4).select("entity", "organisation_entity"),
        date(2026, 11, 24),
        rows=lambda: flatten_entities(entity),
        others=others | {"ranges.csv": lambda: pl.read_csv(CASES / "ranges.csv", infer_schema=False)},
    )


def found(judgement: Judgement) -> list[Any]:
    """What shows the judgement: entities, line numbers of rows, values, pairs of ranges, or else a count."""
    details: dict[str, Any] = dict(judgement.details)
    if "overlaps" in details:
        return [[pair["range_1"], pair["range_2"]] for pair in details["overlaps"]]
    if "invalid_rows" in details:
        return [row["line_number"] for row in details["invalid_rows"]]
    if "duplicates" in details:
        return [each["value"] for each in details["duplicates"]]
    return details.get("entities", details.get("shared_values", [details.get("actual")]))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['operation']}-{case['parameters']}")
def test_an_operation_judges(case: dict[str, str], evidence: Evidence) -> None:
    """It passes or not, and shows why; what cannot be judged says so."""
    judgement = judge(case["operation"], json.loads(case["parameters"]), evidence)
    assert PASSED[case["passed"]] == judgement.passed
    if judgement.passed is None:
        assert f"not judged: {case['found']}" in judgement.message
    else:
        assert json.loads(case["found"]) == found(judgement)


def test_every_operation_has_a_case() -> None:
    """Nothing that can be configured is untried, in passing and in failing where it can do both."""
    assert set(OPERATIONS) <= {case["operation"] for case in cases()}


def test_neighbours_are_no_duplicates(evidence: Evidence) -> None:
    """Areas that share a boundary alone are not listed; the two that cover one another are."""
    details = judge("duplicate_geometry_check", {"spatial_field": "geometry"}, evidence).details
    assert [(1, 2)] == [(pair["entity_a"], pair["entity_b"]) for pair in details["complete_matches"]]  # type: ignore[attr-defined]
    assert [] == details["single_matches"] == details["any_matches"]


def test_details_can_be_written(evidence: Evidence) -> None:
    """Every judgement's details are JSON."""
    for case in cases():
        judgement = judge(case["operation"], json.loads(case["parameters"]), evidence)
        assert json.dumps(judgement.details)


def test_what_other_datasets_are_needed_for_is_not_judged_without_them(evidence: Evidence) -> None:
    """Without boundaries, or a timetable, nothing is fetched."""
    alone = Evidence("plan", evidence.entity, evidence.active, evidence.today, rows=lambda: evidence.rows, others={})
    for operation, given in (
        ("count_lpa_boundary", {"lpa": "E1", "expected": 0}),
        ("check_fields_required_after_plan_event", {"fields": ["name"]}),
    ):
        judgement = judge(operation, given, alone)
        assert judgement.passed is None
        assert "is not available" in judgement.message
