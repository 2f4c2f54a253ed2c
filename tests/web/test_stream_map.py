import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient

from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.service_map import read_service_map
from headrace.web import clock, note, stream, stream_map
from headrace.web.problem import ProblemError, answer_problem

Serve = Callable[[FastAPI], AbstractContextManager[httpx2.Client]]

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def _record(lake: Path) -> EventRecord:
    return EventRecord(Lake(lake), "2026-11-24", lambda: NOW - timedelta(hours=1))


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Two datasets: a check was done in a day, another has waited for ten."""
    record = _record(tmp_path)
    for item, dataset, days in (("a", "tree", 40), ("b", "wood", 10)):
        owner = {"dataset": dataset, "organisation": f"council:{item}"}
        record.emit("provision", item, "check", Kind.READY, at=NOW - timedelta(days=days), **owner)
    record.emit("provision", "a", "check", Kind.STARTED, at=NOW - timedelta(days=39), dataset="tree")
    record.emit("provision", "a", "check", Kind.FINISHED, at=NOW - timedelta(days=38), dataset="tree")
    record.close()
    return tmp_path


@pytest.fixture
def app(lake: Path) -> FastAPI:
    """The pages of the stream over that lake, at nine in the morning."""
    app = FastAPI()
    app.state.lake_root = lake
    for part in (stream_map, note, stream):
        app.include_router(part.router)
    for error in (ProblemError, RequestValidationError):
        app.add_exception_handler(error, answer_problem)
    app.dependency_overrides[clock.read_clock] = lambda: NOW
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as opened:
        yield opened


def test_json_tells_the_whole_map(client: TestClient) -> None:
    told, own = client.get("/stream/map.json").json(), read_service_map().service_map
    assert (len(own.services), len(own.steps), len(own.notes)) == tuple(
        len(told[name]) for name in ("services", "steps", "notes")
    )
    stages = {stage["stage"]: stage for service in told["services"] for stage in service["stages"]}
    assert ["check", "configure"] == [row["stage"] for row in stages["inform-dluhc"]["measured"]]
    assert stages["find"]["not_measured_because"]
    notes = {each["number"]: each for each in told["notes"]}
    assert ("open", None, 864000.0) == tuple(notes[11][name] for name in ("state", "value", "exceeds"))


def test_a_choice_holds_for_the_numbers_and_for_the_lists_behind_them(client: TestClient) -> None:
    page = client.get("/stream?dataset=wood").text
    assert "/stream/check?dataset=wood" in page.replace("&amp;", "&")
    assert "1 waiting" in page
    other = client.get("/stream/map.json?dataset=tree").json()
    checks = [row for service in other["services"] for stage in service["stages"] for row in stage["measured"]]
    assert [0] == [row["waiting"] for row in checks if row["stage"] == "check"]


def test_one_service_can_be_shown_alone(client: TestClient) -> None:
    page = client.get("/stream?service=get-planning-data").text
    assert 'data-gate="triage"' in page
    assert 'data-gate="check"' not in page


@pytest.mark.parametrize("query", ["service=nothing", "period=century", "colour=red"])
def test_a_choice_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get("/stream").status_code == 200
    assert client.get(f"/stream?{query}").status_code == 422


def test_a_longer_period_looks_further_back(client: TestClient) -> None:
    """The check that was done 38 days ago is in the last twelve weeks and not in the last four."""

    def departed(period: str) -> float:
        told = client.get(f"/stream/map.json?period={period}").json()
        rows = [row for service in told["services"] for stage in service["stages"] for row in stage["measured"]]
        return next(row["departed_per_week"] for row in rows if row["stage"] == "check")

    assert departed("4-weeks") == 0 < departed("12-weeks")


def test_the_picture_stands_alone(client: TestClient) -> None:
    answer = client.get("/stream.svg")
    assert ("image/svg+xml", "<svg") == (answer.headers["content-type"], answer.text[:4])


def test_a_new_event_is_in_the_next_answer(client: TestClient, lake: Path) -> None:
    """However young the reading is that was taken before."""
    assert 'data-gate="configure"' in client.get("/stream").text
    _record(lake).emit("provision", "b", "configure", Kind.READY)
    assert "1 waiting at configure" in client.get("/stream").text


def test_a_page_is_told_within_a_second_that_something_was_recorded(
    app: FastAPI, lake: Path, serve_app: Callable[[FastAPI], AbstractContextManager[httpx2.Client]]
) -> None:
    """Seconds are those between the event and the news of it, of a real connection."""
    with serve_app(app) as web, web.stream("GET", "/stream/events", timeout=20) as answer:
        news = (line for line in answer.iter_lines() if line.startswith("data:"))
        first = next(news)
        recorded_at = time.monotonic()
        _record(lake).emit("provision", "c", "check", Kind.READY)
        assert next(news) != first
        assert time.monotonic() - recorded_at < 1


def test_whoever_comes_back_is_told_nothing_that_was_known(
    app: FastAPI, serve_app: Callable[[FastAPI], AbstractContextManager[httpx2.Client]]
) -> None:
    with serve_app(app) as web:
        with web.stream("GET", "/stream/events", timeout=20) as answer:
            known = next(line for line in answer.iter_lines() if line.startswith("id:")).removeprefix("id: ")
        heard: list[str] = []

        def listen() -> None:
            with web.stream("GET", "/stream/events", headers={"Last-Event-ID": known}, timeout=1.2) as again:
                try:
                    heard.extend(line for line in again.iter_lines() if line.startswith("data:"))
                except httpx2.ReadTimeout:
                    return

        listener = Thread(target=listen)
        listener.start()
        listener.join()
    assert heard == []


def test_every_note_has_a_page(client: TestClient) -> None:
    """With its state, its measure and the queue behind it; one that is not measured says why."""
    for each in read_service_map().service_map.notes:
        page = client.get(f"/stream/note/{each.number}")
        assert page.status_code == 200
        assert not re.findall(r"<style|<script(?! src=)|\sstyle=", page.text)
    measured = client.get("/stream/note/11").text
    assert "check.wait_p85_s" in measured
    assert "1 item waits at" in measured
    assert "Not measured" in client.get("/stream/note/22").text
    assert client.get("/stream/note/23").status_code == 404


def test_the_past_of_a_note_is_that_of_its_measure(client: TestClient) -> None:
    """The check that was done was in the record of that time: it had waited for a day."""
    told = client.get("/stream/note/11.json").json()
    values = {point["at"][:10]: point["value"] for point in told["past"]}
    assert (86400.0, None) == (values["2026-10-19"], told["past"][-1]["value"])
    assert "19 October 2026" in client.get("/stream/note/11").text
    assert client.get("/stream/note/11.svg").text.startswith("<svg")
    assert client.get("/stream/note/11.vl.json").json()["title"] == {"text": "Check: 85 in 100 wait no longer than"}
    assert [404, 404] == [client.get(f"/stream/note/{wrong}").status_code for wrong in ("22.svg", "abc")]


def test_all_notes_are_listed_with_their_states(client: TestClient) -> None:
    page = client.get("/stream/note/").text
    for each in read_service_map().service_map.notes:
        assert f'href="/stream/note/{each.number}"' in page
    assert re.search(r"\d+ open, \d+ improved, \d+ solved, \d+ not measured", page)
