"""Tables of what was found in resources."""

from headrace.report.performance.resource import issue_type_summaries, resource_summaries

FILE = {"dataset": "area", "resource": "r", "organisation": "A;B", "endpoint": "a", "start_date": "2026-11-01"}
TYPES = [{"issue_type": "invalid date", "severity": "error", "responsibility": "external"}]


def test_issues_are_counted_for_each_who_publishes_the_resource(make, endpoint):
    """With severity, responsibility and the cohort of the provision; once for each organisation."""
    issue = {"dataset": "area", "resource": "r", "organisation": "A;B", "issue_type": "invalid date", "count": 3}
    material = make(
        publications=[FILE, {**FILE, "resource": "over", "end_date": "2026-11-10"}],
        endpoints=[endpoint("a")],
        issues=[{**issue, "field": "start-date"}, {**issue, "field": "end-date", "count": 1}],
        issue_types=TYPES,
        provisions=[{"organisation": "A", "dataset": "area", "cohort": "first"}],
    )
    rows = issue_type_summaries(material)
    assert rows.select("organisation", "cohort", "field", "count_issues", "severity").rows() == [
        ("A", "first", "end-date", 1, "error"),
        ("A", "first", "start-date", 3, "error"),
        ("B", None, "end-date", 1, "error"),
        ("B", None, "start-date", 3, "error"),
    ]


def test_a_resource_without_issues_has_a_row_without_one(make, endpoint):
    """So that it is seen to be published."""
    rows = issue_type_summaries(make(publications=[FILE], endpoints=[endpoint("a")]))
    assert rows.select("organisation", "issue_type", "count_issues").rows() == [("A", None, None), ("B", None, None)]


def test_fields_are_told_apart_by_whether_they_were_mapped(make, endpoint):
    """Capitals and punctuation make no difference; a column that nothing claimed is in neither."""
    columns = [
        {"dataset": "area", "resource": "r", "column": column, "field": field}
        for column, field in (("NAME", "name"), ("Start Date", "start-date"), ("Ref", "reference"), ("Colour", None))
    ]
    rows = resource_summaries(make(publications=[FILE], endpoints=[endpoint("a")], columns=columns))
    assert rows.select("organisation", "mapping_field", "non_mapping_field").rows() == [
        ("A", "reference", "name;start-date"),
        ("B", "reference", "name;start-date"),
    ]
