"""Guidance on issues over HTTP."""

from urllib.parse import quote

import httpx2

from headrace.store.guidance import read_issue_guidance


def test_every_issue_type_has_a_page(web: httpx2.Client) -> None:
    """The list links to the page of each type, which says why it matters and how to fix it."""
    listed = web.get("/guidance/issue/").text
    for code, guide in read_issue_guidance().items():
        address = f"/guidance/issue/{quote(code)}"
        assert f'href="{address}"' in listed
        page = web.get(address)
        assert 200 == page.status_code
        assert guide.title in page.text
        assert "Why it matters" in page.text


def test_examples_are_tables(web: httpx2.Client) -> None:
    """The wrong and the right rows are shown as they would be in a file."""
    page = web.get("/guidance/issue/invalid%20date").text
    assert "<code>31/02/2020</code>" in page
    assert "<code>2020-02-29</code>" in page


def test_an_unknown_issue_type_is_not_found(web: httpx2.Client) -> None:
    """The answer says where all of them are."""
    answer = web.get("/guidance/issue/nonsense")
    assert 404 == answer.status_code
    assert "/guidance/issue/" in answer.json()["detail"]


def test_the_issues_of_a_dataset_link_to_guidance(web: httpx2.Client) -> None:
    """A publisher who sees an issue is one click from how to fix it."""
    assert 'href="/guidance/issue/' in web.get("/dataset/conservation-area").text
