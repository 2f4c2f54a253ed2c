"""The front page over HTTP."""

import httpx2


def test_front_page_says_what_there_is(web: httpx2.Client) -> None:
    """The page has a search box, datasets with their counts and freshness, the release, and the way to the stream."""
    answer = web.get("/")

    page = answer.text
    assert '<form action="/entity/" method="get" role="search">' in page
    assert '<a class="govuk-link" href="/dataset/conservation-area">Conservation area</a>' in page
    assert "1 May 2024" in page
    assert answer.headers["x-headrace-release"] in page
    assert 'href="/stream"' in page


def test_front_page_leaves_out_empty_datasets(web: httpx2.Client) -> None:
    """A dataset without entities is in the list of all datasets only."""
    assert "Listed building" not in web.get("/").text
