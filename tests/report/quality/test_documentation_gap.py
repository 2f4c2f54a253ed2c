"""Missing documentation URLs."""

from headrace.report.quality.documentation_gap import REPORT

PAGE = {"documentation_url": "https://a.example/page"}


def test_what_is_missing(make, source, endpoint):
    """A page, a licence, both, or nothing."""
    sources = [
        source("A", "a", **PAGE),
        source("B", "b", licence="ogl3"),
        source("C", "c"),
        source("C", "d", licence="ogl3", **PAGE),
    ]
    rows = REPORT.rows(make(sources=sources, endpoints=[endpoint(each) for each in "abcd"]))
    assert dict(rows.select("endpoint", "missing").iter_rows()) == {
        "a": "licence",
        "b": "documentation page",
        "c": "documentation page and licence",
    }


def test_a_source_of_several_datasets_is_one_gap(make, source, endpoint):
    """It names one page."""
    sources = [source("A", "a"), source("A", "a", dataset="tree")]
    rows = REPORT.rows(make(sources=sources, endpoints=[endpoint("a")]))
    assert rows["dataset"].to_list() == ["area;tree"]


def test_those_that_fail_come_first(make, source, endpoint):
    """They need the page now."""
    sources = [source("A", "a", licence="ogl3"), source("B", "b", licence="ogl3")]
    endpoints = [endpoint("a"), endpoint("b", action="propose retirement")]
    assert REPORT.rows(make(sources=sources, endpoints=endpoints))["endpoint"].to_list() == ["b", "a"]


def test_sources_that_have_ended_have_no_gap(make, source, endpoint):
    """Nor have those whose endpoint has ended."""
    sources = [source("A", "a", end_date="2026-11-23"), source("B", "b")]
    assert REPORT.rows(
        make(sources=sources, endpoints=[endpoint("a"), endpoint("b", end_date="2026-11-23")])
    ).is_empty()
