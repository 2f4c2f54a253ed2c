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

from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web import clock, communication, stream
from headrace.web.problem import ProblemError, answer_problem

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY_S = 86400.0
HOSTILE = 'a/"><script>alert(1)</script>?#./Ünïcode'


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Pages over a record in which two considerations went to the service owner, and one of them came back."""
    record = EventRecord(Lake(tmp_path), "night", lambda: NOW)
    for item, back in (("tree", False), (HOSTILE, True)):
        for stage, days, kind in (
            ("test-and-iterate", 20, Kind.READY),
            ("test-and-iterate", 15, Kind.FINISHED),
            ("go-no-go", 15, Kind.READY),
            ("go-no-go", 12, Kind.STARTED),
            ("go-no-go", 11, Kind.RETURNED if back else Kind.FINISHED),
        ):
            record.emit("consideration", item, stage, kind, at=NOW - timedelta(days=days))
    record.close()
    app = FastAPI()
    app.state.lake_root = tmp_path
    app.include_router(communication.router)
    app.include_router(stream.router)
    for error in (ProblemError, RequestValidationError):
        app.add_exception_handler(error, answer_problem)
    app.dependency_overrides[clock.read_clock] = lambda: NOW
    with TestClient(app) as opened:
        yield opened


def test_json_tells_the_lines_that_are_used_beside_those_there_could_be(client: TestClient) -> None:
    told = client.get("/communication.json").json()
    assert (6, 15, 1) == (len(told["roles"]), told["possible_lines"], told["used_lines"])
    assert [("data designer", "service owner", 2, 0, 3 * DAY_S), ("service owner", "data designer", 1, 1, None)] == [
        (row["from_role"], row["to_role"], row["count"], row["back"], row["wait_p50_s"]) for row in told["matrix"]
    ]
    assert 3 == sum(row["count"] for row in told["stages"]) == sum(row["count"] for row in told["months"])
    assert [] == client.get("/communication.json?days=5").json()["matrix"]


def test_csv_says_the_same_as_json(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/communication.csv").text)))
    assert [("data designer", "2"), ("service owner", "1")] == [(row["from_role"], row["count"]) for row in rows]


def test_every_number_opens_its_list_and_nothing_in_it_is_markup(client: TestClient) -> None:
    """A linked count of the matrix is the length of the list it opens."""
    page = client.get("/communication").text
    counted = re.findall(r'class="role-matrix__link" href="([^"]+)">(\d+)<', page)
    assert 2 == len(counted)
    for link, number in counted:
        listed = client.get(link.replace("&amp;", "&"))
        assert (200, False, True) == (
            listed.status_code,
            "<script>" in listed.text,
            f"{number} hand-off" in listed.text,
        )


def test_the_list_says_how_long_each_waited(client: TestClient) -> None:
    asked = {"from_role": "data designer", "to_role": "service owner", "limit": 1}
    told = client.get("/communication/items.json", params=asked).json()
    assert (2, 1, 3 * DAY_S) == (told["count"], len(told["items"]), told["items"][0]["waited_s"])


def test_pages_need_no_inline_style_or_script(client: TestClient) -> None:
    """The content security policy of the site allows neither."""
    for address in ("/communication", "/communication/items?from_role=data+designer&to_role=service+owner"):
        page = client.get(address)
        assert (200, []) == (page.status_code, re.findall(r"<style|<script|\sstyle=|\son\w+=", page.text))


@pytest.mark.parametrize(
    ("form", "media_type"), [("svg", "image/svg+xml"), ("png", "image/png"), ("vl.json", "application/json")]
)
def test_the_months_are_a_chart(client: TestClient, form: str, media_type: str) -> None:
    answer = client.get(f"/communication/months.{form}")
    assert (200, media_type) == (answer.status_code, answer.headers["content-type"])


@pytest.mark.parametrize("query", ["?days=0", "?colour=red", "/items.json", "/items.json?from_role=pipeline"])
def test_a_question_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert 422 == client.get(f"/communication{query}").status_code


def test_where_nothing_was_handed_over_the_page_says_so(tmp_path: Path) -> None:
    app = FastAPI()
    app.state.lake_root = tmp_path
    app.include_router(communication.router)
    assert "Nothing was handed over since" in TestClient(app).get("/communication").text
