"""Numbers then and now."""

import polars as pl

from headrace.report.quality.comparison import compare
from headrace.report.quality.number import NUMBER_SCHEMA


def numbers(*rows):
    """Numbers of the report `stale` by dataset, organisation and value."""
    said = [("stale", "stale", dataset, organisation, value) for dataset, organisation, value in rows]
    return pl.DataFrame(said, schema=NUMBER_SCHEMA, orient="row")


def test_the_largest_change_comes_first_and_what_is_none_is_0():
    """Totals are not compared row by row."""
    then = numbers(("area", "A", 5), ("area", "B", 2), (None, None, 7))
    now = numbers(("area", "A", 4), ("tree", "C", 3), (None, None, 7))
    assert compare(then, now).select("dataset", "organisation", "then", "now", "change").rows() == [
        ("tree", "C", 0.0, 3.0, 3.0),
        ("area", "B", 2.0, 0.0, -2.0),
        ("area", "A", 5.0, 4.0, -1.0),
    ]
