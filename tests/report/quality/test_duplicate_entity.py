"""Entities in the same place."""

import orjson

from headrace.report.quality.duplicate_entity import REPORT

ENTITIES = [
    {"dataset": "area", "entity": 11, "name": "Mill Lane", "organisation_entity": 1, "quality": "authoritative"},
    {"dataset": "area", "entity": 12, "name": "Mill Ln", "organisation_entity": 2, "quality": "some"},
    {"dataset": "area", "entity": 13, "name": "Mill Lane (part)", "organisation_entity": 1, "quality": "authoritative"},
]


def pair(a, b):
    """Two entities, as an expectation names them."""
    return {"entity_a": a, "organisation_entity_a": 1, "entity_b": b, "organisation_entity_b": 2}


def test_pairs_that_are_the_same_come_before_those_that_cover(make):
    """Pairs that merely overlap are not listed."""
    details = {
        "complete_matches": [pair(11, 12)],
        "single_matches": [pair(11, 13)],
        "any_matches": [pair(12, 13)],
    }
    judged = {"dataset": "area", "operation": "duplicate_geometry_check", "passed": "False"}
    material = make(entities=ENTITIES, expectations=[{**judged, "details": orjson.dumps(details).decode()}])
    rows = REPORT.rows(material)
    assert rows.select("match", "entity_a", "entity_b", "organisation").rows() == [
        ("the same", 11, 12, "A;B"),
        ("one covers the other", 11, 13, "A;A"),
    ]
    assert rows["next_action"].to_list() == [
        "redirect b to a, which comes from the authority (301)",
        "ask the publisher which of the two stays; redirect the other (301)",
    ]


def test_nothing_is_listed_where_nothing_failed(make):
    """A report without rows has its columns all the same."""
    assert REPORT.rows(make()).columns == list(REPORT.columns)
