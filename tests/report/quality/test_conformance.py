"""Conformance to the specification."""

import pytest

from headrace.report.quality.conformance import REPORT

FIELDS = [{"dataset": "area", "field": field} for field in ("entity", "area", "name", "start-date", "point", "notes")]
FILE = {"dataset": "area", "resource": "r", "organisation": "A", "endpoint": "a", "start_date": "2026-01-01"}
TYPES = [
    {"issue_type": "invalid date", "severity": "error"},
    {"issue_type": "OSGB", "severity": "warning"},
]


def column(name, field):
    """A column that was read as a field."""
    return {"dataset": "area", "resource": "r", "column": name, "field": field}


def test_fields_are_counted_by_how_they_are_supplied(make):
    """Of four that are asked for, one has its name, one was mapped, and two are missing."""
    columns = [column("NAME", "name"), column("Designated", "start-date"), column("Colour", None)]
    row = REPORT.rows(make(publications=[FILE], fields=FIELDS, columns=columns)).row(0, named=True)
    assert {name: row[name] for name in ("fields", "supplied", "matched", "with_errors", "error_free")} == {
        "fields": 4,
        "supplied": 2,
        "matched": 1,
        "with_errors": 0,
        "error_free": 2,
    }
    assert row["missing_fields"] == "notes, point"
    assert row["supplied_share"] == pytest.approx(0.5)


def test_an_older_field_supplies_the_one_that_took_its_place(make):
    """`GeoX` became `longitude` here, and longitudes become points everywhere."""
    moved = [
        {"dataset": "area", "field": "GeoX", "replacement_field": "longitude"},
        {"dataset": None, "field": "longitude", "replacement_field": "point"},
    ]
    columns = [column("GeoX", "GeoX")]
    row = REPORT.rows(make(publications=[FILE], fields=FIELDS, columns=columns, replacements=moved)).row(0, named=True)
    assert (row["supplied"], row["matched"]) == (1, 1)


def test_only_errors_count_against_a_field(make):
    """A warning is put right; an error is not."""
    columns = [column("name", "name"), column("start-date", "start-date")]
    said = {"dataset": "area", "resource": "r", "organisation": "A", "count": 3}
    issues = [
        {**said, "field": "start-date", "issue_type": "invalid date"},
        {**said, "field": "name", "issue_type": "OSGB"},
    ]
    material = make(publications=[FILE], fields=FIELDS, columns=columns, issues=issues, issue_types=TYPES)
    row = REPORT.rows(material).row(0, named=True)
    assert (row["with_errors"], row["error_free"], row["next_action"]) == (1, 1, "tell the publisher what is wrong")


def test_files_that_are_no_longer_published_or_cannot_be_read_are_left_out(make):
    """They have no columns to judge."""
    over, unread = {**FILE, "end_date": "2026-02-01"}, {**FILE, "resource": "u", "unread": "The file is a PDF."}
    assert REPORT.rows(make(publications=[over, unread], fields=FIELDS)).is_empty()
