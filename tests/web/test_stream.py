import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient

from headrace.model.event import Kind, Stage
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams
from headrace.web import clock, note, stream, stream_map
from headrace.web.problem import ProblemError, answer_problem

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HOSTILE = 'a/"><script>alert(1)</script>?#./Ünïcode'


def _record(lake: Path) -> EventRecord:
    return EventRecord(Lake(lake), "2026-11-24", lambda: NIGHT)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """A lake after one night: an endpoint was collected, one failed for ten days, and two references wait."""
    record = _record(tmp_path)
    for item, kind, reason in (("b" * 64, Kind.FINISHED, None), ("a" * 64, Kind.FAILED, "HTTP 404")):
        ready_at = NIGHT - timedelta(days=10) if kind is Kind.FAILED else NIGHT
        record.emit("endpoint", item, Stage.COLLECT, Kind.READY, at=ready_at, dataset="tree", organisation="x:LBH")
        record.emit("endpoint", item, Stage.COLLECT, Kind.STARTED, at=NIGHT + timedelta(seconds=1))
        record.emit("endpoint", item, Stage.COLLECT, kind, at=NIGHT + timedelta(seconds=2), reason=reason)
    for item in ("tree/x:LBH/1", HOSTILE):
        record.emit("reference", item, Stage.ASSIGN, Kind.READY, at=NIGHT + timedelta(minutes=1), reason="unknown")
    record.close()
    return tmp_path


@pytest.fixture
def client(lake: Path) -> Iterator[TestClient]:
    """The pages of the stream over that lake, at nine in the morning."""
    app = FastAPI()
    app.state.lake_root = lake
    for part in (stream_map, note, stream):
        app.include_router(part.router)
    for error in (ProblemError, RequestValidationError):
        app.add_exception_handler(error, answer_problem)
    app.dependency_overrides[clock.read_clock] = lambda: NOW
    with TestClient(app) as opened:
        yield opened


def test_json_tells_every_stage_in_order(client: TestClient) -> None:
    """Queue, oldest and colour are those of the record at this moment."""
    told = client.get("/stream.json").json()
    assert list(read_streams().stages) == [row["stage"] for row in told["stages"]]
    assert list(read_streams().by_name) == [row["stream"] for row in told["streams"]]
    collect = told["stages"][0]
    assert tuple(collect[name] for name in ("waiting", "failed", "waits_provider", "health", "constraint")) == (
        1,
        1,
        1,
        "red",
        True,
    )
    assert (told["now"], told["constraint"], told["run"]) == ("2026-11-24T09:00:00Z", "collect", "2026-11-24")


def test_csv_says_the_same_as_json(client: TestClient) -> None:
    """One row per stage, the same columns, the same numbers."""
    rows = list(csv.DictReader(io.StringIO(client.get("/stream.csv").text)))
    stages = client.get("/stream.json").json()["stages"]
    assert [str(row["waiting"]) for row in stages] == [row["waiting"] for row in rows]
    assert {"now", *stages[0]} == set(rows[0])


def test_the_page_shows_every_stage_twice_as_a_picture_and_once_as_a_row(client: TestClient) -> None:
    """Wide, narrow and in the table: each opens the list behind it."""
    page = client.get("/stream").text
    for stage in read_streams().stages:
        assert 2 == page.count(f'<g class="stream-gate" data-gate="{stage}"><rect')
        assert len(re.findall(rf'<th scope="row"[^>]*><a class="govuk-link" href="/stream/{stage}">', page)) == 1


@pytest.mark.parametrize(
    "address", ["/stream", "/stream/collect", "/stream/assign/events", "/stream/item/endpoint/" + "a" * 64]
)
def test_pages_need_no_inline_style_or_script(client: TestClient, address: str) -> None:
    """The content security policy of the site allows neither."""
    page = client.get(address)
    assert page.status_code == 200
    assert re.findall(r"<style|<script(?! src=)|\sstyle=|\son\w+=", page.text) == []


def test_every_number_of_the_page_opens_its_list(client: TestClient) -> None:
    """No link of the page is dead, and a linked count is the length of the list it opens."""
    page = client.get("/stream").text
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/stream/[^"]+)"', page)}
    assert {200} == {client.get(link).status_code for link in links}
    counted = re.findall(r'href="(/stream/(?!note)[^"]+)">(\d+)<span', page)
    assert counted
    for link, number in counted:
        text = re.search(r"(\d+) (?:item|event)s?", client.get(link.replace("&amp;", "&")).text)
        assert text
        assert number == text[1]


def test_the_list_behind_a_number_is_oldest_first_with_why_and_whom(client: TestClient) -> None:
    """Since when, how old, for whom, why."""
    told = client.get("/stream/collect.json").json()
    item = told["items"][0]
    assert (
        told["count"], item["item"], item["since"], item["waits_for"], item["reason"], item["failures"]
    ) == (1, "a" * 64, "2026-11-14T01:00:00Z", "provider", "HTTP 404", 1)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "count"),
    [("state=failed", 1), ("state=in_progress", 0), ("waits_for=operator", 0), ("waits_for=provider", 1)],
)
def test_a_list_can_be_narrowed(client: TestClient, query: str, count: int) -> None:
    """By state and by what is waited for."""
    assert count == client.get(f"/stream/collect.json?{query}").json()["count"]


def test_a_long_list_comes_in_parts(client: TestClient) -> None:
    """`limit` and `offset` cut the list, `count` is that of the whole, and the page links to the next part."""
    part = client.get("/stream/assign.json?limit=1&offset=1").json()
    assert (part["count"], len(part["items"])) == (2, 1)
    page = client.get("/stream/assign?limit=1").text
    assert 'href="/stream/assign?state=waiting&amp;limit=1&amp;offset=1" rel="next"' in page


def test_whatever_an_item_is_called_its_history_opens_and_nothing_in_it_is_markup(client: TestClient) -> None:
    """Keys come from publishers: they are escaped in pages and quoted in addresses."""
    listed = client.get("/stream/assign").text
    assert "<script>" not in listed
    link = next(link for link in re.findall(r'href="(/stream/item/[^"]+)"', listed) if "script" in link)
    history = client.get(link)
    assert (history.status_code, "<script>" in history.text) == (200, False)


@pytest.mark.parametrize("address", ["/stream/nowhere", "/stream/nowhere.json", "/stream/item/endpoint/none"])
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    """A stage or an item that the record does not know."""
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["state=lost", "waits_for=luck", "limit=0", "colour=red"])
def test_a_question_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    """Rather than answered as if it had not been asked."""
    assert client.get(f"/stream/collect.json?{query}").status_code == 422


def test_a_new_event_shows_at_the_next_look(client: TestClient, lake: Path) -> None:
    """The record is read again when it has changed."""
    before = client.get("/stream.json").json()["stages"][0]["waiting"]
    _record(lake).emit("endpoint", "c" * 64, Stage.COLLECT, Kind.READY)
    assert before + 1 == client.get("/stream.json").json()["stages"][0]["waiting"]


def test_before_the_first_night_the_page_says_so(tmp_path: Path) -> None:
    """An empty lake is a stream of which nothing is recorded."""
    app = FastAPI()
    app.state.lake_root = tmp_path
    for part in (stream_map, stream):
        app.include_router(part.router)
    page = TestClient(app).get("/stream")
    assert page.status_code == 200
    assert "Nothing has been recorded yet." in page.text
    assert page.text.count("no events") >= len(Stage)
    assert {"unmeasured"} == {row["health"] for row in TestClient(app).get("/stream.json").json()["stages"]}


def test_silence_is_shown(client: TestClient) -> None:
    """A missed night is a finding of its own."""
    quiet = "No endpoint has been asked since 2026-11-24 01:00."
    assert quiet not in client.get("/stream").text
    client.app.dependency_overrides[clock.read_clock] = lambda: NOW + timedelta(days=2)  # type: ignore[attr-defined]
    assert quiet in client.get("/stream").text


def test_the_silence_of_work_opens_what_is_worked_on(client: TestClient, lake: Path) -> None:
    """The queue of the stage does not hold it."""
    record = _record(lake)
    record.emit("consideration", "Trees", "screen", Kind.STARTED, at=NIGHT - timedelta(days=100))
    record.close()
    page = client.get("/stream").text
    assert re.search(r'href="/stream/screen\?state=in_progress">Screen: 1 consideration begun longer ago', page)
    assert "Trees" in client.get("/stream/screen?state=in_progress").text


def test_what_was_chosen_is_kept_on_the_way_to_a_list_and_back(client: TestClient) -> None:
    """The times of a stage are taken over the same period as those of the page that leads to it."""
    chosen = "dataset=tree&period=year"
    page = client.get(f"/stream?{chosen}").text
    links = set(re.findall(r'href="/stream/collect(\?[^"]*)"', page))
    assert links
    assert all("dataset=tree" in link and "period=year" in link for link in links)
    listed = client.get(f"/stream/collect?{chosen}").text
    assert "Times are those of the last year." in listed
    assert 'href="/stream?dataset=tree&amp;period=year" class="govuk-back-link"' in listed
    assert 422 == client.get("/stream/collect?period=eternity").status_code


@pytest.mark.parametrize(("query", "count"), [("dataset=tree", 1), ("dataset=wood", 0), ("organisation=x:LBH", 1)])
def test_a_list_can_be_of_one_dataset_or_organisation(client: TestClient, query: str, count: int) -> None:
    """As the page that leads to it."""
    assert count == client.get(f"/stream/collect.json?{query}").json()["count"]
    assert f"{count} item" in client.get(f"/stream/collect?{query}").text or not count
