"""Asking for documentation pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from headrace.collect.documentation import PAGE_BYTES, NoPage, Page, fetch_pages
from headrace.collect.policy import Policy
from headrace.simulate.web_server import Asked, Reply, WebServer

Serve = Callable[[Callable[[Asked], Reply]], WebServer]


def fetch(policy: Policy, *urls: str) -> dict[str, Page | NoPage]:
    return fetch_pages(urls, policy, lambda: datetime.now(UTC))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Fünf Äcker".encode(), "text/html"),
        ("Fünf Äcker".encode("cp1252"), "text/html; charset=Windows-1252"),
        ('<meta charset="latin-1">Fünf Äcker'.encode("latin-1"), "text/html"),
        ("Fünf Äcker".encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_a_page_is_decoded(body: bytes, content_type: str, serve: Serve, policy: Callable[..., Policy]) -> None:
    """By what is said of its encoding, in the answer or in the page, and as UTF-8 where that says nothing."""
    server = serve(lambda asked: Reply(body, headers=(("Content-Type", content_type),)))
    (page,) = fetch(policy(), f"{server.origin}/page").values()
    assert isinstance(page, Page)
    assert page.html.endswith("Fünf Äcker")


def test_links_are_relative_to_where_the_page_is_now(serve: Serve, policy: Callable[..., Policy]) -> None:
    """A redirection is followed, and told; a page that several endpoints name is asked once."""

    def answer(asked: Asked) -> Reply:
        return Reply(status=301, headers=(("Location", "/new/page"),)) if asked.path == "/old" else Reply(b"<p>")

    server = serve(answer)
    url = f"{server.origin}/old"
    assert fetch(policy(), url, url) == {url: Page(f"{server.origin}/new/page", "<p>")}
    assert [asked.path for asked in server.asked] == ["/old", "/new/page"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/private", "asks robots to leave /private alone"),
        ("/gone", "answered 404 Not Found"),
        ("/large", f"the body is larger than {PAGE_BYTES} bytes"),
    ],
)
def test_a_page_that_is_not_had_says_why(path: str, reason: str, policy: Callable[..., Policy]) -> None:
    """Robots are heeded, failures are told, and no more than a page is read."""

    def answer(asked: Asked) -> Reply:
        return Reply(b"x" * (PAGE_BYTES + 1)) if asked.path == "/large" else Reply(status=404)

    with WebServer(answer, robots=Reply(b"User-agent: *\nDisallow: /private\n")) as server:
        (page,) = fetch(policy(), server.origin + path).values()
    assert isinstance(page, NoPage)
    assert page.reason.endswith(reason)


def test_a_page_without_an_address_stops_no_other(serve: Serve, policy: Callable[..., Policy]) -> None:
    """What configuration holds in place of a URL is told as it is."""
    server = serve(lambda asked: Reply(b"<p>"))
    found: dict[str, Any] = fetch(policy(), "see website", "http://[", server.origin + "/")
    assert [type(each) for each in found.values()] == [NoPage, NoPage, Page]
