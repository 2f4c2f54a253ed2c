"""The reference of the reports."""

from pathlib import Path

from headrace.report.performance.registry import PERFORMANCE_COLUMNS, PERFORMANCE_TABLES
from headrace.report.quality.reference import write_report_reference
from headrace.report.quality.registry import REPORTS


def test_every_report_column_and_number_is_documented():
    """With the question, the decision and how it is found."""
    page = write_report_reference(REPORTS, PERFORMANCE_COLUMNS)
    for report in REPORTS:
        assert f"`{report.name}`: {report.question}" in page
        assert report.logic in page
        assert all(f"| `{column}` | " in page for column in report.columns)
        assert all(f"| {measure.name} | {measure.meaning} |" in page for measure in report.measures)


def test_tables_of_old_are_documented_with_their_columns(make):
    """Those that are made are those that are said."""
    assert PERFORMANCE_TABLES.keys() == PERFORMANCE_COLUMNS.keys()
    for name, table in PERFORMANCE_TABLES.items():
        assert tuple(table(make()).columns) == PERFORMANCE_COLUMNS[name]


def test_the_page_of_differences_names_tests_that_exist():
    """Each row of the section on reports."""
    root = Path(__file__).parents[3]
    page = (root / "docs" / "compatibility.md").read_text(encoding="utf-8")
    section = page.split("## Reports", 1)[1].split("\n## ", 1)[0]
    named = [part for part in section.split("`") if part.startswith("tests/")]
    assert len(named) == 8
    for each in named:
        path, test = each.split("::")
        assert f"def {test}(" in (root / path).read_text(encoding="utf-8")
