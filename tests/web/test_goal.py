import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.goals import read_goals
from headrace.store.lake import Lake
from headrace.web import clock, goal, stream, stream_map
from headrace.web.problem import ProblemError, answer_problem

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NAMES = [result.name for result in read_goals().key_results]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The goals over a record in which forty endpoints need repair and one is repaired every week."""
    lake = tmp_path_factory.mktemp("lake")
    record = EventRecord(Lake(lake), "night", lambda: NOW)
    for number in range(40):
        at = NOW - timedelta(weeks=7)
        record.emit("endpoint", f"e{number}", "repair", Kind.READY, at=at)
        if number < 6:
            record.emit("endpoint", f"e{number}", "repair", Kind.FINISHED, at=at + timedelta(weeks=number + 1))
    record.close()
    app = FastAPI()
    app.state.lake_root = lake
    app.state.goals = read_goals()
    app.include_router(goal.router)
    app.include_router(stream_map.router)
    app.include_router(stream.router)
    app.add_exception_handler(ProblemError, answer_problem)
    app.dependency_overrides[clock.read_clock] = lambda: NOW
    with TestClient(app) as opened:
        yield opened


def test_json_tells_every_key_result_and_the_teams(client: TestClient) -> None:
    """What the record says now, in seconds and items."""
    told = client.get("/goals.json").json()
    results = {result["key_result"]: result for each in told["objectives"] for result in each["key_results"]}
    assert ("Make data faster", NAMES, 2, 6) == (
        *(told["goal"], list(results)),
        *(len(told["teams"]), len(told["disciplines"])),
    )
    repair = results["endpoints-to-repair"]
    assert (34.0, 40.0, "at most", "off course") == (
        *(repair["value"], repair["baseline"], repair["aim"]),
        repair["status"],
    )
    assert 8 == len(repair["series"])
    assert "not measured" == results["triage"]["status"]


def test_csv_says_the_same_as_json(client: TestClient) -> None:
    """One row per key result."""
    rows = {row["key_result"]: row for row in csv.DictReader(io.StringIO(client.get("/goals.csv").text))}
    assert NAMES == list(rows)
    assert ("more-sources", "34.0", "off course") == (
        *(rows["endpoints-to-repair"]["objective"], rows["endpoints-to-repair"]["value"]),
        rows["endpoints-to-repair"]["status"],
    )


def test_the_page_has_the_team_picture_twice_and_every_key_result_once(client: TestClient) -> None:
    """For a desk and for a telephone, each whole; each objective of the picture opens its part of the page."""
    page = client.get("/goals").text
    pictures = re.findall(r"<svg[^>]*team-picture__drawing.*?</svg>", page, re.DOTALL)
    assert 2 == len(pictures)
    for picture in pictures:
        texts = [text.text for text in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]
        assert 2 == texts.count("Product management")
        assert {"Make data faster", "Service team", "Data standards", "Data operations", "User research"} <= set(texts)
        for anchor in re.findall(r'href="#([^"]+)"', picture):
            assert f'id="{anchor}"' in page
    for name in NAMES:
        assert 1 == page.count(f'<article class="goals-result" id="{name}"')
    assert "Make data faster is over everything." in page


def test_every_key_result_opens_the_stage_or_the_stream(client: TestClient) -> None:
    """No link to a list is dead."""
    page = client.get("/goals").text
    links = set(re.findall(r'<a class="govuk-link" href="(/stream[^"#]*)"', page))
    assert links
    assert {200} == {client.get(link).status_code for link in links}


@pytest.mark.parametrize(
    ("form", "media_type"), [("svg", "image/svg+xml"), ("png", "image/png"), ("vl.json", "application/json")]
)
def test_the_trend_of_a_key_result_is_a_chart(client: TestClient, form: str, media_type: str) -> None:
    answer = client.get(f"/goals/endpoints-to-repair/trend.{form}")
    assert (200, media_type) == (answer.status_code, answer.headers["content-type"])


def test_a_key_result_that_is_not_there_is_not_found(client: TestClient) -> None:
    answer = client.get("/goals/none/trend.svg")
    assert 404 == answer.status_code
    assert "The key results are" in answer.json()["detail"]


def test_pages_need_no_inline_style_or_script(client: TestClient) -> None:
    """The content security policy of the site allows neither."""
    assert [] == re.findall(r"<style|<script|\sstyle=|\son\w+=", client.get("/goals").text)


def test_before_anything_is_recorded_nothing_is_measured(tmp_path: Path) -> None:
    app = FastAPI()
    app.state.lake_root = tmp_path
    app.state.goals = read_goals()
    app.include_router(goal.router)
    page = TestClient(app).get("/goals")
    assert (200, 12) == (page.status_code, page.text.count("Nothing of it has been recorded."))
