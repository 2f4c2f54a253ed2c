"""Entities deleted, and entities duplicated: the details of expectations, opened."""

import orjson

from headrace.report.quality.deleted_entity import REPORT

ENTITIES = [
    {
        "dataset": "area",
        "entity": number,
        "reference": f"CA{number}",
        "name": f"Area {number}",
        "organisation_entity": 1,
    }
    for number in (11, 12, 13)
]


def judged(passed, entities):
    """An expectation that no entity is missing."""
    details = orjson.dumps({"actual": len(entities), "expected": 0, "entities": entities}).decode()
    return {"dataset": "area", "operation": "count_deleted_entities", "passed": passed, "details": details}


def test_each_missing_entity_is_a_row(make):
    """With its reference, its name and its organisation: identities, not a count."""
    rows = REPORT.rows(make(entities=ENTITIES, expectations=[judged("False", [13, 11])]))
    assert rows.select("entity", "reference", "organisation_name", "missing_together").rows() == [
        (11, "CA11", "Council A", 2),
        (13, "CA13", "Council A", 2),
    ]


def test_expectations_that_passed_or_could_not_be_judged_have_no_rows(make):
    """Neither has other operations."""
    other = {**judged("False", [11]), "operation": "count_lpa_boundary"}
    assert REPORT.rows(make(entities=ENTITIES, expectations=[judged("True", []), judged(None, [12]), other])).is_empty()
