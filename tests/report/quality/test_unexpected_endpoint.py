"""Endpoints without a provision."""

from headrace.report.quality.unexpected_endpoint import REPORT


def test_why_each_is_listed(make, source, endpoint):
    """No provision, no such organisation, and no source that has not ended."""
    material = make(
        provisions=[{"organisation": "A", "dataset": "area"}],
        sources=[source("A", "a"), source("B", "b"), source("Z", "z"), source("A", "o", end_date="2026-01-01")],
        endpoints=[endpoint(each) for each in "abzo"],
    )
    rows = REPORT.rows(material)
    assert dict(rows.select("endpoint", "why").iter_rows()) == {
        "b": "no provision",
        "z": "no such organisation",
        "o": "source ended",
    }
    counted = rows.select(each.count.alias(each.name) for each in REPORT.measures).row(0)
    assert counted == (1, 1, 1)
