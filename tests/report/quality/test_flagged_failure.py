"""Files that cannot be read."""

import pytest

from headrace.report.quality.flagged_failure import REPORT

FILE = {"dataset": "area", "resource": "r", "organisation": "A", "endpoint": "a", "start_date": "2026-11-14"}


@pytest.mark.parametrize(
    ("unread", "mime_type", "kind"),
    [
        ("The file is a PDF, made for reading by people.", "application/pdf", "document"),
        ("The file is a web page.", "text/html", "web page"),
        ("The service answered with an exception.", "text/xml", "service error"),
        ("The archive needs a password.", "application/zip", "archive"),
        ("The file is empty.", None, "empty"),
        ("It is damaged.", "application/octet-stream", "other"),
    ],
)
def test_kinds(make, endpoint, unread, mime_type, kind):
    """The reason says what it is, and so what to do."""
    material = make(publications=[{**FILE, "unread": unread, "mime_type": mime_type}], endpoints=[endpoint("a")])
    row = REPORT.rows(material).row(0, named=True)
    assert (row["kind"], row["days"], row["endpoint_url"]) == (kind, 10, "https://a.example")


def test_files_that_are_read_or_no_longer_published_are_not_listed(make):
    """Only what is published now, and gives nothing."""
    over = {**FILE, "unread": "The file is empty.", "end_date": "2026-11-20"}
    assert REPORT.rows(make(publications=[FILE, over])).is_empty()
