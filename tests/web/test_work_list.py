"""The page of the work list."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from drawn_attempts import draw_log
from headrace.model.event import Kind, Stage
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web.app import create_app
from headrace.web.clock import read_clock

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOSTILE = "x:<script>alert(1)</script>"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """The web over a lake in which an endpoint fails, and references of two datasets wait."""
    AttemptLog(Lake(tmp_path), "", "others").add(draw_log({"a" * 64: "o" * 20 + "x" * 10}))
    events = EventRecord(Lake(tmp_path), "run", lambda: NOW - timedelta(days=2))
    events.emit("endpoint", "a" * 64, Stage.COLLECT, Kind.STARTED, at=NOW - timedelta(hours=8))
    events.emit("endpoint", "a" * 64, Stage.COLLECT, Kind.FAILED, at=NOW - timedelta(hours=8))
    for number in range(3):
        events.emit("reference", f"r{number}", Stage.ASSIGN, Kind.READY, dataset="tree", organisation=HOSTILE)
    events.emit("reference", "p", Stage.ASSIGN, Kind.READY, dataset="park", organisation="x:B")
    events.emit("consideration", "moor", "go-no-go", Kind.READY)
    events.close()
    app = create_app(tmp_path)
    app.dependency_overrides[read_clock] = lambda: NOW
    return TestClient(app)


def test_the_page_the_json_and_the_csv_list_the_same_in_the_same_order(client: TestClient) -> None:
    """The first to be done first."""
    said = client.get("/work.json").json()
    titles = [row["what"] for row in said["work"]]
    assert ["https://aaaaaaaa.example/register.csv?a=<b>", "3 references"] == titles[:2]
    assert (4, {"endpoint": 1, "assign": 2, "stage": 1}) == (said["count"], said["kinds"])
    rows = list(csv.DictReader(io.StringIO(client.get("/work.csv").text)))
    assert titles == [row["what"] for row in rows]
    page = client.get("/work").text
    places = [page.index(title.replace("<", "&lt;").replace(">", "&gt;")) for title in titles[:2]]
    assert sorted(places) == places
    assert "4 things wait for a person." in page


def test_what_others_wrote_is_text(client: TestClient) -> None:
    """On the page; and in a command it is one word for the shell."""
    page = client.get("/work").text
    assert "<script>alert" not in page
    assert "x:&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("role=service+owner", 1),
        ("kind=assign", 2),
        ("kind=assign&dataset=tree", 1),
        ("organisation=x:B", 1),
        ("dataset=none", 0),
    ],
)
def test_it_can_be_cut(client: TestClient, query: str, count: int) -> None:
    """By who does it, by kind, and by whose it is: on the page, in JSON and in CSV."""
    assert count == client.get(f"/work.json?{query}").json()["count"]
    assert count == client.get(f"/work?{query}").text.count('class="work-list__item"')
    assert count == len(list(csv.DictReader(io.StringIO(client.get(f"/work.csv?{query}").text))))


def test_a_part_is_answered(client: TestClient) -> None:
    """With its place in the whole."""
    said = client.get("/work.json?limit=1&offset=1").json()
    assert (4, [2]) == (said["count"], [row["rank"] for row in said["work"]])
    assert "4 things: 2 to 2." in " ".join(client.get("/work?limit=1&offset=1").text.split())


def test_it_grows_with_the_record(client: TestClient, tmp_path: Path) -> None:
    """At once, although a list is kept for a minute."""
    assert 4 == client.get("/work.json").json()["count"]
    events = EventRecord(Lake(tmp_path), "more", lambda: NOW)
    events.emit("reference", "q", Stage.ASSIGN, Kind.READY, dataset="moor", organisation="x:B")
    events.close()
    assert 5 == client.get("/work.json").json()["count"]


def test_what_cannot_be_chosen_is_said(client: TestClient) -> None:
    """As a problem, with what there is."""
    answer = client.get("/work.json?kind=bad")
    assert (422, True) == (answer.status_code, "'assign'" in answer.json()["detail"])


def test_an_empty_lake_has_a_page(tmp_path: Path) -> None:
    """On which nothing waits."""
    client = TestClient(create_app(tmp_path))
    assert "Nothing waits for a person." in client.get("/work").text
    assert "" == client.get("/work.csv").text.strip()
