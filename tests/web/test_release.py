"""The releases that are kept and the verdicts on them, over nights of one council."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import pytest

from one_council import SQUARE, OneCouncil

Serve = Callable[[Path], AbstractContextManager[httpx2.Client]]

HEADER = ("reference", "name", "geometry")
GOOD = [(f"CA{number}", f"Mill <b>Street</b> {number}", SQUARE) for number in range(1, 8)]
BAD = [(reference, name.lower(), shape) for reference, name, shape in GOOD]


@pytest.fixture(scope="module")
def ids() -> list[str]:
    return []


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, serve: Serve, ids: list[str]) -> Iterator[httpx2.Client]:
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    for night, rows in (("2026-11-01", GOOD), ("2026-11-02", BAD)):
        council.publish([HEADER, *rows])
        ids.append(str(council.run(night).release))
    with serve(council.lake) as served:
        yield served


def test_releases_are_listed_with_their_state_and_verdict(client: httpx2.Client, ids: list[str]) -> None:
    first, second = client.get("/releases.json").json()["releases"][::-1]

    assert [(ids[0], "was live", None), (ids[1], "live", "hold")] == [
        (first["release"], first["state"], first["verdict"]),
        (second["release"], second["state"], second["verdict"]["verdict"]),
    ]
    page = client.get("/releases").text
    assert f"/changes?since={ids[0]}&amp;until={ids[1]}" in page
    assert "7 of 7 entities of local-authority:ALD" in page


def test_a_verdict_is_a_page_json_and_markdown(client: httpx2.Client, ids: list[str]) -> None:
    query = f"since={ids[0]}&until={ids[1]}"

    said = client.get(f"/releases/verdict.json?{query}").json()
    page = client.get(f"/releases/verdict?{query}")
    text = client.get(f"/releases/verdict.md?{query}")

    assert ("hold", ["local-authority:ALD"]) == (said["verdict"], said["datasets"][0]["held"])
    assert ("mill &lt;b&gt;street&lt;/b&gt; 1" in page.text, "<b>street" in page.text) == (True, False)
    assert text.headers["content-type"].startswith("text/markdown")
    assert text.text.startswith("# Hold: ")


def test_a_release_that_is_not_kept_is_not_found(client: httpx2.Client, ids: list[str]) -> None:
    answer = client.get(f"/releases/verdict.json?since={ids[0]}&until=20200101-000000000000")

    assert (404, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
