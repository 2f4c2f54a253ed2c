"""The pages of the report on endpoints and errors."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from drawn_attempts import draw_log
from headrace.flow.endpoint_month import Shown
from headrace.model.event import Kind, Stage
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web.app import create_app
from headrace.web.clock import read_clock

NIGHTS = {
    "a" * 64: "o" * 35,
    "b" * 64: "o" + "x" * 34,
    "c" * 64: "o" * 27 + "hh" + "o" * 6,
    "d" * 64: " " * 31 + "oooo",
}
"""An endpoint that answers, one that fails, one that answered with no data, and one that was added in December."""


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """The web over a lake with that log, on the morning after its last night."""
    AttemptLog(Lake(tmp_path), "", "others").add(draw_log(NIGHTS))
    events = EventRecord(Lake(tmp_path), "run")
    at = datetime(2026, 12, 5, 1, tzinfo=UTC)
    events.emit("endpoint", "b" * 64, Stage.COLLECT, Kind.READY, at=at, dataset="tree", organisation="x:<LBH>")
    events.close()
    app = create_app(tmp_path)
    app.dependency_overrides[read_clock] = lambda: datetime(2026, 12, 6, 9, tzinfo=UTC)
    return TestClient(app)


def test_every_form_says_the_same_numbers(client: TestClient) -> None:
    """JSON and CSV row by row; the page has each number with a link to its list."""
    months = client.get("/report/errors.json").json()["months"]
    assert ["2026-11", "2026-12"] == [row["month"] for row in months]
    assert [29, 5] == [row["failed"] for row in months]
    rows = list(csv.DictReader(io.StringIO(client.get("/report/errors.csv").text)))
    assert [{name: str(value) for name, value in row.items()} for row in months] == rows
    page = client.get("/report/errors").text
    assert "In December 2026, 26.3% of attempts to collect failed, against 32.2% in November 2026" in re.sub(
        r"\s+", " ", page
    )
    assert 'href="/report/errors/2026-11?show=newly-failing">2<span' in page


@pytest.mark.parametrize("shown", Shown)
@pytest.mark.parametrize("month", ["2026-11", "2026-12"])
def test_a_number_is_the_length_of_the_list_behind_it(client: TestClient, month: str, shown: Shown) -> None:
    """On the page, in JSON and in CSV."""
    totals = {row["month"]: row for row in client.get("/report/errors.json").json()["months"]}[month]
    number = totals["endpoints" if shown is Shown.ALL else f"endpoints_{shown.replace('-', '_')}"]
    listed = client.get(f"/report/errors/{month}.json", params={"show": shown}).json()
    assert (number, number) == (listed["count"], len(listed["endpoints"]))
    table = client.get(f"/report/errors/{month}.csv", params={"show": shown}).text
    assert number == len(list(csv.DictReader(io.StringIO(table))))
    page = client.get(f"/report/errors/{month}", params={"show": shown}).text
    assert number == page.count('<a class="govuk-link" href="/endpoint/')


def test_a_row_says_whose_it_is_why_and_what_to_do(client: TestClient) -> None:
    """What publishers wrote is shown as text."""
    page = client.get("/report/errors/2026-12?show=failing").text
    for said in ("x:&lt;LBH&gt;, tree", "it was answered 404", "propose retirement", "2 November 2026", "a=&lt;b&gt;"):
        assert said in page
    assert "x:<LBH>" not in page


def test_the_list_can_be_cut_by_action_and_by_part(client: TestClient) -> None:
    """The main page links to both; a part says where it is."""
    page = client.get("/report/errors").text
    assert 'href="/report/errors/2026-12?show=failing&amp;action=propose%20retirement">Propose retirement.' in page
    assert 1 == client.get("/report/errors/2026-12.json?show=failing&action=propose%20retirement").json()["count"]
    assert 0 == client.get("/report/errors/2026-12.json?show=failing&action=wait").json()["count"]
    part = client.get("/report/errors/2026-12.json?limit=1&offset=1").json()
    assert (4, 1, "a" * 64) == (part["count"], len(part["endpoints"]), part["endpoints"][0]["endpoint"])


@pytest.mark.parametrize("name", ["attempts", "endpoints", "changes", "failures"])
@pytest.mark.parametrize("width", ["", "-narrow"])
def test_the_charts_are_drawn_and_named_by_their_log(client: TestClient, name: str, width: str) -> None:
    """The page shows them; who has one is answered 304 until the log grows."""
    address = f"/report/errors/chart/{name}{width}.svg"
    assert address in client.get("/report/errors").text
    drawn = client.get(address)
    assert ("image/svg+xml", b"<svg") == (drawn.headers["content-type"], drawn.content[:4])
    assert 304 == client.get(address, headers={"If-None-Match": drawn.headers["etag"]}).status_code


def test_a_chart_holds_the_numbers_of_the_table(client: TestClient) -> None:
    """Attempts of each month, by what became of them."""
    values = client.get("/report/errors/chart/attempts.vl.json").json()["data"]["values"]
    told = {(row["month"][:7], row["of"]): row["count"] for row in values}
    assert {
        ("2026-11", "Failed"): 29,
        ("2026-11", "Answered, with no data"): 2,
        ("2026-11", "OK"): 59,
        ("2026-12", "Failed"): 5,
        ("2026-12", "Answered, with no data"): 0,
        ("2026-12", "OK"): 14,
    } == told


def test_months_can_be_chosen(client: TestClient) -> None:
    """For the page, its numbers and its charts."""
    assert ["2026-12"] == [row["month"] for row in client.get("/report/errors.json?since=2026-12").json()["months"]]
    page = client.get("/report/errors?since=2026-12").text
    assert "/report/errors/chart/attempts.svg?since=2026-12" in page
    assert "/report/errors/2026-11" not in page


def test_the_report_grows_with_the_log(client: TestClient, tmp_path: Path) -> None:
    """What was kept is read again when the log has changed."""
    assert 2 == len(client.get("/report/errors.json").json()["months"])
    AttemptLog(Lake(tmp_path), "", "more").add(draw_log({"a" * 64: "o" * 62}).tail(1))
    assert 3 == len(client.get("/report/errors.json").json()["months"])


def test_silence_is_shown(client: TestClient) -> None:
    """A night without a run since the last of the log."""
    assert 0 == client.get("/report/errors.json").json()["silent_nights"]
    assert "without a run since" not in client.get("/report/errors").text
    client.app.dependency_overrides[read_clock] = lambda: datetime(2026, 12, 8, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    assert 2 == client.get("/report/errors.json").json()["silent_nights"]
    assert "5 December 2026: 2 nights without a run since" in client.get("/report/errors").text


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/report/errors.json?since=June", 422, "expected a year and a month such as 2020-06"),
        ("/report/errors.json?until=2020-01&since=2020-02", 422, "expected the earlier one first"),
        ("/report/errors.json?form=2020-01", 422, "form"),
        ("/report/errors/2001-01.json", 404, "It goes from 2026-11 to 2026-12."),
        ("/report/errors/2026-11.json?show=bad", 422, "newly-failing"),
        ("/report/errors/chart/pie.svg", 404, "The charts are attempts,"),
    ],
)
def test_what_cannot_be_answered_is_said(client: TestClient, address: str, status: int, said: str) -> None:
    """As a problem, with what there is."""
    answer = client.get(address)
    assert (status, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    assert said in answer.json()["detail"]


def test_an_empty_lake_has_a_page(tmp_path: Path) -> None:
    """That says what to do."""
    client = TestClient(create_app(tmp_path))
    assert "headrace log import" in client.get("/report/errors").text
    assert [] == client.get("/report/errors.json").json()["months"]
    assert "Nothing was ever asked." in client.get("/report/errors/2026-11.json").json()["detail"]


def test_the_reports_are_listed(client: TestClient) -> None:
    """With the question that each answers."""
    assert 'href="/report/errors">Endpoints and errors</a>' in client.get("/report/").text
