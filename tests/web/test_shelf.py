"""The release that is live, and how another takes its place."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import polars as pl
import pytest

from headrace.model.release import Release
from headrace.web.shelf import Shelf

Tables = dict[str, dict[str, pl.DataFrame]]
Publish = Callable[[Path, Tables, str], Release]
Serve = Callable[[Path], AbstractContextManager[httpx2.Client]]


def rename(tables: Tables, name: str) -> Tables:
    entity = tables["tree"]["entity"].with_columns(pl.lit(name).alias("name"))
    return {**tables, "tree": {**tables["tree"], "entity": entity}}


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_before_the_first_release(tmp_path: Path) -> None:
    """An empty lake lends nothing."""
    with Shelf(tmp_path).borrow() as reader:
        assert reader is None


def test_pointer_is_followed_after_the_recheck(tmp_path: Path, tables: Tables, publish_release: Publish) -> None:
    """Another release is lent once the time between looks has passed, not before."""
    first = publish_release(tmp_path, tables, "2024-05-02")
    clock = Clock()
    shelf = Shelf(tmp_path, recheck_seconds=1.0, clock=clock)

    def lent() -> str | None:
        with shelf.borrow() as reader:
            return None if reader is None else reader.release.id

    assert first.id == lent()
    second = publish_release(tmp_path, rename(tables, "Oak"), "2024-05-03")
    clock.now = 0.9
    assert first.id == lent()
    clock.now = 1.0
    assert second.id == lent()


def test_old_release_stays_open_for_who_reads_it(tmp_path: Path, tables: Tables, publish_release: Publish) -> None:
    """A reader that was lent before the switch answers until it is given back, and is closed then."""
    publish_release(tmp_path, tables, "2024-05-02")
    shelf = Shelf(tmp_path, recheck_seconds=0.0)
    closed: list[str] = []
    with shelf.borrow() as old:
        assert old is not None
        old.close_with(lambda: closed.append("old"))
        publish_release(tmp_path, rename(tables, "Oak"), "2024-05-03")
        with shelf.borrow() as new:
            assert new is not None
            assert "Oak" == new.search.rows("SELECT name FROM entity WHERE entity = 7000001")[0][0]
        assert [] == closed
        assert old.search.rows("SELECT name FROM entity WHERE entity = 7000001")[0][0] is None
    assert ["old"] == closed


def test_release_that_cannot_be_read_is_not_served(tmp_path: Path, tables: Tables, publish_release: Publish) -> None:
    """A pointer to a damaged manifest leaves the old release in place, and is got over."""
    first = publish_release(tmp_path, tables, "2024-05-02")
    shelf = Shelf(tmp_path, recheck_seconds=0.0)
    with shelf.borrow() as reader:
        assert reader is not None
    (tmp_path / "release" / "broken.json").write_text("{")
    (tmp_path / "release" / "live").write_text("broken\n")
    with shelf.borrow() as reader:
        assert reader is not None
        assert first.id == reader.release.id
    second = publish_release(tmp_path, rename(tables, "Oak"), "2024-05-03")
    with shelf.borrow() as reader:
        assert reader is not None
        assert second.id == reader.release.id


def test_reader_has_only_what_the_release_has(lake_root: Path) -> None:
    """A name that the release does not have is a KeyError, in one place for all callers."""
    with Shelf(lake_root).borrow() as reader:
        assert reader is not None
        assert reader.has_dataset("tree")
        assert not reader.has_dataset("listed-building")
        with pytest.raises(KeyError):
            reader.dataset("listed-building")


def test_damaged_artefact_is_an_error_of_ours(
    tmp_path: Path, tables: Tables, publish_release: Publish, serve: Serve
) -> None:
    """A file that is not what it was is answered 500 in the one shape, telling nothing of the inside."""
    release = publish_release(tmp_path, tables, "2024-05-02")
    file = tmp_path / "artefact" / release.artefact("search.sqlite3").sha256
    file.chmod(0o644)
    file.write_bytes(b"damaged" * 1_000)
    with serve(tmp_path) as web:
        answer = web.get("/entity/7000001.json")
        page = web.get("/entity/", headers={"accept": "text/html"})

    assert (500, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert "sqlite" not in answer.text.lower()
    assert "Something went wrong here" in page.text


def test_site_follows_without_a_restart(tmp_path: Path, tables: Tables, publish_release: Publish, serve: Serve) -> None:
    """Site, API and Datasette show another release a second after it went live, and drop no request."""
    first = publish_release(tmp_path, tables, "2024-05-02")
    with serve(tmp_path) as web:
        before = web.get("/entity/7000001.json")
        assert (first.id, "") == (before.headers["x-headrace-release"], before.json()["name"])
        assert "" == name_in_explorer(web)
        second = publish_release(tmp_path, rename(tables, "Oak"), "2024-05-03")
        statuses = set()
        patience = time.monotonic() + 10
        while time.monotonic() < patience:
            after = web.get("/entity/7000001.json")
            statuses.add(after.status_code)
            if after.headers["x-headrace-release"] == second.id:
                break
        assert {200} == statuses
        assert "Oak" == after.json()["name"]
        assert "Oak" == name_in_explorer(web)
        assert 200 == web.get("/entity/7000001.json", headers={"if-none-match": before.headers["etag"]}).status_code


def name_in_explorer(web: httpx2.Client) -> str:
    rows = web.get("/datasette/tree/entity/7000001.json?_shape=objects").json()["rows"]
    return rows[0]["name"] or ""
