"""Downloads over HTTP."""

from hashlib import sha256

import httpx2

FILE = "/download/dataset/tree.csv"


def test_bytes_are_what_their_tag_says(web: httpx2.Client) -> None:
    """The ETag of a file is the SHA-256 of its bytes."""
    answer = web.get(FILE)

    assert f'"{sha256(answer.content).hexdigest()}"' == answer.headers["etag"]
    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert 'attachment; filename="tree.csv"' == answer.headers["content-disposition"]


def test_who_has_it_need_not_fetch_it(web: httpx2.Client) -> None:
    """A matching If-None-Match is 304, of a weakened tag too."""
    tag = web.head(FILE).headers["etag"]

    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        assert 304 == web.get(FILE, headers={"if-none-match": known}).status_code
    assert 200 == web.get(FILE, headers={"if-none-match": '"other"'}).status_code


def test_a_part_can_be_asked_for(web: httpx2.Client) -> None:
    """A range is 206 with those bytes."""
    whole = web.get(FILE).content
    part = web.get(FILE, headers={"range": "bytes=3-9"})

    assert (206, whole[3:10]) == (part.status_code, part.content)


def test_named_by_hash_it_is_kept_for_ever(web: httpx2.Client) -> None:
    """With its SHA-256 in the address, a file is immutable; with another, it is not found."""
    digest = web.head(FILE).headers["etag"].strip('"')

    assert "immutable" in web.head(f"{FILE}?sha256={digest}").headers["cache-control"]
    assert "no-cache" in web.head(FILE).headers["cache-control"]
    assert 404 == web.get(f"{FILE}?sha256={'0' * 64}").status_code


def test_unknown_file_is_not_found(web: httpx2.Client) -> None:
    """A name that the release does not have is 404, and no path leads out of it."""
    assert 404 == web.get("/download/dataset/none.csv").status_code
    assert 404 == web.get("/download/..%2f..%2frelease%2flive").status_code


def test_list_has_every_file(web: httpx2.Client) -> None:
    """The page lists each file of the release."""
    page = web.get("/download/").text

    for name in ("search.sqlite3", "dataset/tree.parquet"):
        assert f"/download/{name}" in page
