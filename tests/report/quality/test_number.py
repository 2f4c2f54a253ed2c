"""The numbers that are kept of a report."""

from headrace.report.quality.documentation_gap import REPORT
from headrace.report.quality.number import NUMBER_SCHEMA, count_numbers


def test_each_level_is_counted_over_its_own_rows(make, source, endpoint):
    """A source of two datasets counts in each of them, and once in all."""
    sources = [source("A", "a"), source("A", "a", dataset="tree"), source("B", "b", licence="ogl3")]
    rows = REPORT.rows(make(sources=sources, endpoints=[endpoint("a"), endpoint("b")]))
    numbers = count_numbers(REPORT, rows).filter(measure="without a page")
    assert sorted(numbers.select("dataset", "organisation", "value").rows(), key=str) == [
        ("area", "A", 1.0),
        ("area", "B", 1.0),
        ("area", None, 2.0),
        ("tree", "A", 1.0),
        ("tree", None, 1.0),
        (None, "A", 1.0),
        (None, "B", 1.0),
        (None, None, 2.0),
    ]


def test_numbers_that_are_0_are_left_out(make, source, endpoint):
    """As are all of a report without rows."""
    rows = REPORT.rows(make(sources=[source("A", "a", licence="ogl3")], endpoints=[endpoint("a")]))
    assert set(count_numbers(REPORT, rows)["measure"]) == {"without a page"}
    assert count_numbers(REPORT, rows.clear()).schema == NUMBER_SCHEMA
