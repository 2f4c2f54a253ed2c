"""What became different from one release to another, over nights of one council."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx2
import pytest

from one_council import SQUARE, OneCouncil

Serve = Callable[[Path], AbstractContextManager[httpx2.Client]]

HEADER = ("reference", "name", "notes", "geometry")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A lake with three releases, and their ids."""
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    ids = []
    for night, rows in (
        ("2026-11-01", [("CA1", "Mill Street", "", SQUARE)]),
        ("2026-11-02", [("CA1", "Mill Lane", "renamed", SQUARE), ("CA2", "Church Green", "", SQUARE)]),
        ("2026-11-03", [("CA1", "Mill Lane", "renamed", SQUARE), ("CA2", "Church <Green>", "", SQUARE)]),
    ):
        council.publish([HEADER, *rows])
        ids.append(str(council.run(night).release))
    return council.lake, ids


@pytest.fixture(scope="module")
def client(releases: tuple[Path, list[str]], serve: Serve) -> Iterator[httpx2.Client]:
    with serve(releases[0]) as served:
        yield served


def test_changes_since_a_release_are_told_with_their_fields(
    client: httpx2.Client, releases: tuple[Path, list[str]]
) -> None:
    first, second, third = releases[1]

    said = client.get(f"/changes.json?since={first}&until={second}").json()

    assert (first, second, 2) == (said["since"], said["until"], said["count"])
    assert [(44000001, "changed"), (44000002, "added")] == [
        (each["entity"], each["change"]) for each in said["changes"]
    ]
    assert {"name", "notes", "entry-date"} == set(said["changes"][0]["fields"])
    assert [{"dataset": "conservation-area", "added": 1, "changed": 1, "removed": 0}] == said["counts"]
    assert third == client.get(f"/changes.json?since={first}").json()["until"]


def test_by_default_the_latest_step_is_told(client: httpx2.Client, releases: tuple[Path, list[str]]) -> None:
    said = client.get("/changes.json").json()

    assert releases[1][1:] == [said["since"], said["until"]]


def test_changes_can_be_chosen(client: httpx2.Client, releases: tuple[Path, list[str]]) -> None:
    since = f"/changes.json?since={releases[1][0]}&until={releases[1][1]}"

    assert [44000002] == [each["entity"] for each in client.get(f"{since}&change=added").json()["changes"]]
    assert 0 == client.get(f"{since}&dataset=tree").json()["count"]
    page = client.get(f"{since}&limit=1").json()
    assert 1 == len(page["changes"])
    assert [44000002] == [each["entity"] for each in client.get(page["links"]["next"]).json()["changes"]]


def test_the_feeds_have_an_entry_for_each_step(client: httpx2.Client, releases: tuple[Path, list[str]]) -> None:
    first, second, third = releases[1]
    atom = ET.fromstring(client.get("/changes.atom").content)
    feed = client.get("/changes/feed.json").json()

    assert [f"Release {third}", f"Release {second}"] == [each.text for each in atom.findall(f"{ATOM}entry/{ATOM}title")]
    assert "conservation-area: 1 added, 1 changed, 0 removed." == feed["items"][1]["content_text"]
    address = feed["items"][1]["url"]
    assert 200 == client.get(address).status_code
    assert first in address


def test_the_pages_list_steps_and_changes(client: httpx2.Client, releases: tuple[Path, list[str]]) -> None:
    first, second, third = releases[1]

    assert f"/changes?since={first}&amp;until={second}" in client.get("/changes").text
    page = client.get(f"/changes?since={second}&until={third}").text
    assert "Church &lt;Green&gt;" in page


def test_a_release_that_is_not_kept_is_not_found(client: httpx2.Client) -> None:
    answer = client.get("/changes.json?since=20200101-000000000000")

    assert (404, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


def test_an_unknown_parameter_is_refused(client: httpx2.Client) -> None:
    assert 422 == client.get("/changes.json?sinse=x").status_code


def test_a_first_release_has_no_changes(web: httpx2.Client) -> None:
    """Where nothing was live before there is nothing to compare: the list is empty, and the question has no answer."""
    assert 404 == web.get("/changes.json").status_code
    assert 200 == web.get("/changes").status_code
    assert [] == web.get("/changes/feed.json").json()["items"]
