"""Health and robots over HTTP."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2


def test_health_names_the_release(web: httpx2.Client) -> None:
    """With a release to serve, all is well."""
    answer = web.get("/health")

    assert 200 == answer.status_code
    said = answer.json()
    assert ("OK", "OK") == (said["status"], said["entities_present"])
    assert answer.headers["x-headrace-release"] == said["release"]


def test_without_a_release_everything_says_so(
    tmp_path: Path, serve: Callable[[Path], AbstractContextManager[httpx2.Client]]
) -> None:
    """Before the first release, health is 503, the API answers 503 with when to come back, and the site has a page."""
    with serve(tmp_path) as web:
        assert (503, "FAIL") == (web.get("/health").status_code, web.get("/health").json()["status"])
        api = web.get("/entity.json")
        assert (503, "60") == (api.status_code, api.headers["retry-after"])
        assert "Nothing has been published yet" in web.get("/").text
        assert 503 == web.get("/datasette/").status_code


def test_robots_leave_the_explorer_alone(web: httpx2.Client) -> None:
    """Robots are told what not to read."""
    assert "Disallow: /datasette/" in web.get("/robots.txt").text
