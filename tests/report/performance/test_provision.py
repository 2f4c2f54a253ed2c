"""The table of provisions."""

from datetime import date

from headrace.report.performance.provision import provision_summaries

TYPES = [
    {"issue_type": "invalid date", "severity": "error", "responsibility": "external"},
    {"issue_type": "unknown entity", "severity": "notice", "responsibility": "internal"},
    {"issue_type": "patch", "severity": "info", "responsibility": "internal"},
]


def test_counts_of_a_provision(make, source, endpoint):
    """Endpoints that are collected, those of them that fail, and issues by severity and task; one bad night is none."""
    said = {"dataset": "area", "resource": "r", "organisation": "A;B", "field": "f"}
    material = make(
        provisions=[
            {"organisation": "A", "dataset": "area", "provision_reason": "statutory", "end_date": "2027-01-01"},
            {"organisation": "C", "dataset": "area"},
        ],
        sources=[source("A", "a"), source("A", "b"), source("A", "c")],
        endpoints=[
            endpoint("a"),
            endpoint("b", action="wait", failing_since=date(2026, 11, 24), failures=1),
            endpoint("c", action="propose retirement"),
        ],
        issues=[
            {**said, "issue_type": "invalid date", "count": 4},
            {**said, "issue_type": "unknown entity", "count": 2},
            {**said, "issue_type": "patch", "count": 9},
        ],
        issue_types=TYPES,
    )
    assert provision_summaries(material).rows() == [
        ("A", "Council A", "area", "statutory", "2027-01-01", 3, 1, 0, 4, 0, 0, 2, 0),
        ("C", "Council C", "area", None, None, 0, 0, 0, 0, 0, 0, 0, 0),
    ]
