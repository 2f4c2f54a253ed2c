"""Issues by type."""

from headrace.report.quality.issue_summary import REPORT

TYPES = [
    {"issue_type": "invalid date", "severity": "error", "responsibility": "external"},
    {"issue_type": "unknown entity", "severity": "notice", "responsibility": "internal"},
    {"issue_type": "patch", "severity": "info", "responsibility": "internal"},
]


def issue(kind, count, resource="r1", organisation="A", first_seen="2026-11-20"):
    """Some issues of a kind in the field `start-date`."""
    said = {"dataset": "area", "resource": resource, "organisation": organisation, "field": "start-date"}
    return {**said, "issue_type": kind, "count": count, "first_seen": first_seen}


def test_resources_of_one_publisher_are_counted_together(make):
    """Counts are added, and the age is that of the issue known longest."""
    issues = [issue("invalid date", 2), issue("invalid date", 3, "r2", first_seen="2026-11-14")]
    row = REPORT.rows(make(issues=issues, issue_types=TYPES)).row(0, named=True)
    assert (row["count"], row["resources"], row["age_days"], row["name"]) == (5, 2, 10, "Council A")


def test_the_gravest_comes_first_and_the_most_frequent_within_it(make):
    """Severity before number."""
    issues = [
        issue("patch", 900),
        issue("unknown entity", 5),
        issue("invalid date", 1),
        issue("invalid date", 7, "r", "B"),
    ]
    rows = REPORT.rows(make(issues=issues, issue_types=TYPES))
    assert rows.select("issue_type", "count").rows() == [
        ("invalid date", 7),
        ("invalid date", 1),
        ("unknown entity", 5),
        ("patch", 900),
    ]


def test_an_issue_type_that_nobody_specified_is_listed_last(make):
    """It has no severity, and is not lost."""
    rows = REPORT.rows(make(issues=[issue("new type", 9), issue("patch", 1)], issue_types=TYPES))
    assert rows["issue_type"].to_list() == ["patch", "new type"]


def test_measures_count_by_severity_and_by_task(make):
    """Each issue counts once in each of the two."""
    rows = REPORT.rows(make(issues=[issue("patch", 4), issue("invalid date", 2)], issue_types=TYPES))
    counted = rows.select(each.count.alias(each.name) for each in REPORT.measures).row(0, named=True)
    assert counted == {"errors": 2, "warnings": 0, "notices": 0, "info": 4, "external": 2, "internal": 4}
