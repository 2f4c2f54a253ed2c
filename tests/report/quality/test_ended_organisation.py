"""Organisations that are no more."""

from headrace.report.quality.ended_organisation import REPORT

ORGANISATIONS = [
    {"organisation": "A", "name": "Old", "entity": 1, "end_date": "2023-03-31"},
    {"organisation": "B", "name": "New", "entity": 2},
    {"organisation": "C", "name": "Gone", "entity": 3, "end_date": "2020-03-31"},
]


def test_what_is_left_of_them(make, source, endpoint):
    """Entities that have not ended and endpoints that are collected; those with endpoints first."""
    entities = [
        {"dataset": "area", "entity": 11, "organisation_entity": 1},
        {"dataset": "area", "entity": 12, "organisation_entity": 1, "end_date": "2022-01-01"},
        {"dataset": "area", "entity": 13, "organisation_entity": 2},
    ]
    material = make(
        organisations=ORGANISATIONS,
        entities=entities,
        sources=[source("C", "c"), source("B", "b")],
        endpoints=[endpoint("b"), endpoint("c")],
    )
    assert REPORT.rows(material).select("name", "entities", "endpoints", "endpoint").rows() == [
        ("Gone", 0, 1, "c"),
        ("Old", 1, 0, None),
    ]
