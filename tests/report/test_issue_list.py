"""The list of issues that somebody asks for."""

import polars as pl
import pytest

from headrace.assemble.current_issue import CURRENT_ISSUE_SCHEMA
from headrace.report.issue_list import IssueChoice, make_issue_list
from headrace.store.guidance import read_builtin_issue_types
from headrace.store.issue_history import HISTORY_SCHEMA

CURRENT = [
    {"issue": "1", "issue_type": "invalid date", "field": "start-date", "organisation": "x:A;x:B"},
    {"issue": "2", "issue_type": "OSGB", "field": "GeoX,GeoY", "organisation": "x:A"},
    {"issue": "3", "issue_type": "unknown entity", "field": "entity", "organisation": None},
    {"issue": "4", "issue_type": "somebody else's", "field": "name", "organisation": "x:C"},
]
HISTORY = [
    {"issue": "1", "first_seen": "2026-10-01", "last_seen": "2026-11-24"},
    {"issue": "2", "first_seen": "2026-11-24", "last_seen": "2026-11-24"},
    {"issue": "3", "first_seen": "2026-09-01", "last_seen": "2026-11-24"},
]


def listed() -> pl.DataFrame:
    history = pl.DataFrame([dict.fromkeys(HISTORY_SCHEMA) | row for row in HISTORY], schema=HISTORY_SCHEMA)
    current = pl.DataFrame([dict.fromkeys(CURRENT_ISSUE_SCHEMA) | row for row in CURRENT], schema=CURRENT_ISSUE_SCHEMA)
    return make_issue_list(current, history, read_builtin_issue_types())


def test_the_longest_known_come_first() -> None:
    """Each issue has its nights, its age, its severity and whose task it is; what is not known is null."""
    told = listed().select("issue", "age_days", "severity", "responsibility")
    assert told.rows() == [
        ("3", 84, "notice", "internal"),
        ("1", 54, "error", "external"),
        ("2", 0, "warning", "external"),
        ("4", None, None, None),
    ]


@pytest.mark.parametrize(
    ("choice", "issues"),
    [
        (IssueChoice(), ["3", "1", "2", "4"]),
        (IssueChoice(organisation="x:B"), ["1"]),
        (IssueChoice(issue_type="OSGB"), ["2"]),
        (IssueChoice(field="entity"), ["3"]),
        (IssueChoice(severity="error"), ["1"]),
        (IssueChoice(responsibility="external"), ["1", "2"]),
        (IssueChoice(min_age_days=60), ["3"]),
        (IssueChoice(organisation="x:A", min_age_days=1), ["1"]),
    ],
)
def test_issues_are_chosen(choice: IssueChoice, issues: list[str]) -> None:
    """What is asked for must hold all at once; one of several organisations is enough."""
    assert issues == choice.choose(listed())["issue"].to_list()
