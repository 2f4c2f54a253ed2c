"""The registry of reports on quality."""

import pytest

from headrace.report.quality.registry import REPORTS


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_report_can_be_made_of_nothing(make, report):
    """It has its documented columns, the ones that are filtered by and that say what to do among them, and counts 0."""
    rows = report.rows(make())
    assert rows.columns == list(report.columns)
    assert rows.is_empty()
    assert {"dataset", "organisation", "next_action"} <= set(rows.columns)
    assert set(report.shown) <= set(rows.columns)
    counted = rows.select(each.count.alias(each.name) for each in report.measures).row(0)
    assert [value or 0 for value in counted] == [0] * len(report.measures)


def test_names_are_unique_and_fit_an_address():
    """So that each can be asked for."""
    names = [report.name for report in REPORTS]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalpha() and name == name.lower() for name in names)
