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
from headrace.web import clock, stage_chart, stream
from headrace.web.problem import ProblemError, answer_problem

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CHARTS = ("flow", "cycle-times", "ageing", "behaviour", "throughput", "survival", "forecast")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Forty days on each of which one left; four are there, of which one was overtaken by ten."""
    record = EventRecord(Lake(tmp_path), "night", lambda: NOW)
    for day in range(1, 41):
        ready = NOW - timedelta(days=day)
        for kind, hours in ((Kind.READY, 0), (Kind.STARTED, 1), (Kind.FINISHED, 2 + day % 3)):
            record.emit("reference", f"done {day}", Stage.ASSIGN, kind, at=ready + timedelta(hours=hours))
    record.emit("reference", "stuck", Stage.ASSIGN, Kind.READY, at=NOW - timedelta(days=10, hours=1))
    for number in (1, 2, 3):
        record.emit("reference", f"new {number}", Stage.ASSIGN, Kind.READY, at=NOW - timedelta(minutes=9 - number))
    record.close()
    app = FastAPI()
    app.state.lake_root = tmp_path
    app.include_router(stream.router)
    app.include_router(stage_chart.router)
    for error in (ProblemError, RequestValidationError):
        app.add_exception_handler(error, answer_problem)
    app.dependency_overrides[clock.read_clock] = lambda: NOW
    with TestClient(app) as opened:
        yield opened


def test_the_page_of_a_stage_shows_its_charts_with_how_they_are_read(client: TestClient) -> None:
    """Without JavaScript or inline style; every picture and every table of numbers is there."""
    page = client.get("/stream/assign").text
    assert re.findall(r"<style|<script|\sstyle=|\son\w+=", page) == []
    pictures = re.findall(r'(?:src|srcset)="(/stream/assign/chart/[^"]+)"', page)
    assert {f"/stream/assign/chart/{name}{size}.svg" for name in CHARTS for size in ("", "-narrow")} == set(pictures)
    for address in [*pictures, *re.findall(r'href="(/stream/assign/[^"]+)"', page)]:
        assert client.get(address).status_code == 200, address


def test_the_page_says_when_as_many_will_have_left(client: TestClient) -> None:
    """One a day leaves and four are there: in four days, however sure one wants to be."""
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/stream/assign").text))
    assert "as many as are here now, 4, will have left by" in page
    told = client.get("/stream/assign/numbers.json").json()
    assert {"50%", "85%", "95%"} == set(told["emptied_by"])
    assert {"2026-11-28T09:00:00Z"} == set(told["emptied_by"].values())


def test_the_page_tells_times_in_calendar_and_in_working_hours(client: TestClient) -> None:
    """Every item was begun after an hour; those of weekends waited no working hour at all."""
    page = client.get("/stream/assign").text
    row = re.search(r'<th scope="row"[^>]*>in the queue</th>(.*?)</tr>', page, re.DOTALL)
    assert row
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row[1], re.DOTALL)]
    assert ["60 min", "60 min", "1.0 h"] == cells[:3]


def test_the_history_of_an_item_that_waits_says_when_it_will_be_done(client: TestClient) -> None:
    """And who overtook it; one that was overtaken by more than are there cannot be forecast."""
    new = re.sub(r"\s+", " ", client.get("/stream/item/reference/new 3").text)
    assert "By age it is number 4 of 4." in new
    assert "it will be done by" in new
    stuck = re.sub(r"\s+", " ", client.get("/stream/item/reference/stuck").text)
    assert "cannot be said from the pace of the stage: others overtake it" in stuck
    assert "10 that came later have left before it." in stuck


def test_json_and_csv_tell_the_same(client: TestClient) -> None:
    """One function measures."""
    told = client.get("/stream/assign/numbers.json").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/stream/assign/numbers/throughput.csv").text)))
    assert [str(each["value"]) for each in told["throughput"]] == [row["value"] for row in rows]
    weeks = list(csv.DictReader(io.StringIO(client.get("/stream/assign/numbers/rates-by-week.csv").text)))
    assert {"7"} == {row["departed"] for row in weeks}
    assert {200} == {client.get(address).status_code for address in told["csv"].values()}
    assert 40 == len(list(csv.DictReader(io.StringIO(client.get(told["csv"]["cycle-times"]).text))))


@pytest.mark.parametrize(
    "address",
    [
        "/stream/nowhere/chart/flow.svg",
        "/stream/assign/chart/pie.svg",
        "/stream/assign/chart/flow.gif",
        "/stream/assign/numbers/pie.csv",
        "/stream/nowhere/numbers.json",
        "/stream/collect/chart/flow.svg",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    """A stage, a chart, a form or a table that does not exist, or a stage to which nothing came."""
    assert client.get(address).status_code == 404


def test_a_stage_to_which_nothing_came_has_no_charts(client: TestClient) -> None:
    """Its page says what is there: nothing."""
    page = client.get("/stream/collect").text
    assert "over-time" not in page
    assert client.get("/stream/collect/numbers.json").json()["emptied_by"] == {"50%": None, "85%": None, "95%": None}
