"""Which link of a documentation page may have taken the place of an endpoint."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from headrace.collect.page_links import Link, find_links
from headrace.collect.replacement import find_candidates

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "collect" / "replacement.toml").read_text("utf-8"))
PAGE = "https://www.council.example/planning/brownfield"


@pytest.mark.parametrize("name", CASES)
def test_the_most_likely_link_comes_first(name: str) -> None:
    """Cases with the links of a page, and which of them are candidates in which order."""
    case: dict[str, Any] = CASES[name]
    html = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in case["links"])
    found = find_candidates(html, PAGE, case["failing"], case["datasets"])
    assert [each.url for each in found] == case["expected"]


def test_a_candidate_says_what_speaks_for_it() -> None:
    """In words that a data manager can check at a glance."""
    html = '<a href="/media/brownfield-land-register-2026.csv">Brownfield <b>land</b>\n register</a>'
    old = "https://www.council.example/files/Brownfield_Register.csv"
    (found,) = find_candidates(html, PAGE, old, ["brownfield-land"])
    assert found.text == "Brownfield land register"
    assert found.why == (
        "it is a .csv file; it names “brownfield”, “land”; it shares “register” with the old address; on the same host"
    )


def test_links_are_read_whatever_state_the_page_is_in() -> None:
    """Relative to the base, closed or not, without what is no address of the web."""
    html = """<base href="/files/"><a name=top>Top</a><a href="a b.csv#x">One<a href=' //other.example/b '>Two</a>
    <a href="mailto:a@b.example">Write</a><a href="javascript:go()">Go</a><a href="http://[broken">Broken</a>
    <A HREF=c.csv><img alt=""></A><![unknown[ <a href="late.csv">Late</a>"""
    assert find_links(html, PAGE) == [
        Link("https://www.council.example/files/a%20b.csv", "One"),
        Link("https://other.example/b", "Two"),
        Link("https://www.council.example/files/c.csv", ""),
    ]
