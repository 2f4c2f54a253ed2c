import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient

from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web import clock, dependency, stream
from headrace.web.problem import ProblemError, answer_problem

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOSTILE = 'legal "><script>alert(1)</script>?&#./Ünïcode'
DAY_S = 86400.0


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Pages over a record in which a hostile blocker holds up one item ten days, and another through it for five."""
    record = EventRecord(Lake(tmp_path), "night", lambda: NOW)
    for item, by, days in (("tree", ("person", HOSTILE), 10), ("wood", ("consideration", "tree"), 5)):
        record.emit(
            *("consideration", item, "prepare", Kind.BLOCKED),
            reason="waits", detail=orjson.dumps({"by": {"type": by[0], "item": by[1]}}).decode(),
            at=NOW - timedelta(days=days),
        )  # fmt: skip
    record.close()
    app = FastAPI()
    app.state.lake_root = tmp_path
    app.include_router(dependency.router)
    app.include_router(stream.router)
    for error in (ProblemError, RequestValidationError):
        app.add_exception_handler(error, answer_problem)
    app.dependency_overrides[clock.read_clock] = lambda: NOW
    with TestClient(app) as opened:
        yield opened


def test_blockers_are_ranked_by_the_waiting_they_cause(client: TestClient) -> None:
    """At first hand and through others, within the period."""
    told = client.get("/dependencies.json").json()
    assert [(HOSTILE, 15 * DAY_S, 5 * DAY_S, 2), ("tree", 5 * DAY_S, 0.0, 1)] == [
        (row["by_item"], row["waited_s"], row["passed_on_s"], row["items_now"]) for row in told["blockers"]
    ]
    assert 2 * DAY_S == client.get("/dependencies.json?days=1").json()["blockers"][0]["waited_s"]
    rows = list(csv.DictReader(io.StringIO(client.get("/dependencies.csv").text)))
    assert [HOSTILE, "tree"] == [row["by_item"] for row in rows]


def test_every_number_opens_its_list_and_nothing_in_it_is_markup(client: TestClient) -> None:
    """The list has as many spans as the number says items, also for a blocker with an awkward name."""
    page = client.get("/dependencies")
    assert "<script>" not in page.text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/dependencies/items[^"]+)"', page.text)}
    assert 2 == len(links)
    for link in links:
        listed = client.get(link)
        assert (200, "<script>" in listed.text) == (200, False)
    told = client.get("/dependencies/items.json", params={"by_type": "person", "by_item": HOSTILE}).json()
    assert (2, 15 * DAY_S, ["consideration tree"]) == (told["count"], told["waited_s"], told["items"][1]["through"])


def test_pages_need_no_inline_style_or_script(client: TestClient) -> None:
    """The content security policy of the site allows neither."""
    for address in ("/dependencies", "/dependencies/items?by_type=consideration&by_item=tree"):
        page = client.get(address)
        assert (200, []) == (page.status_code, re.findall(r"<style|<script|\sstyle=|\son\w+=", page.text))


@pytest.mark.parametrize("query", ["?days=0", "?colour=red", "/items.json", "/items.json?by_type=person"])
def test_a_question_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert 422 == client.get(f"/dependencies{query}").status_code


def test_where_nothing_is_blocked_the_page_says_so(client: TestClient, tmp_path: Path) -> None:
    record = EventRecord(Lake(tmp_path), "later", lambda: NOW)
    for item in ("tree", "wood"):
        record.emit("consideration", item, "prepare", Kind.UNBLOCKED, at=NOW - timedelta(days=4))
    record.close()
    assert "Nothing has been blocked since" in client.get("/dependencies?days=1").text
    assert [] == client.get("/dependencies.json?days=1").json()["blockers"]
