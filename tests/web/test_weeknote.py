"""The pages of the weeknotes."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from drawn_attempts import draw_log
from headrace.model.event import Kind, Stage
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web.app import create_app
from headrace.web.clock import read_clock

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """The web over a lake with two endpoints asked from the first of November, one of which fails since the tenth."""
    AttemptLog(Lake(tmp_path), "", "others").add(draw_log({"a" * 64: "o" * 24, "b" * 64: "o" * 9 + "x" * 15}))
    events = EventRecord(Lake(tmp_path), "run", lambda: NOW)
    for number in range(3):
        at = datetime(2026, 11, 10, 9, number, tzinfo=UTC)
        events.emit("reference", f"r{number}", Stage.ASSIGN, Kind.READY, at=at, dataset="tree", reason="<none>")
    events.emit("reference", "r0", Stage.ASSIGN, Kind.FINISHED, at=NOW - timedelta(days=7))
    events.close()
    app = create_app(tmp_path)
    app.dependency_overrides[read_clock] = lambda: NOW
    return TestClient(app)


def test_every_number_of_a_note_is_the_length_of_the_list_it_leads_to(client: TestClient) -> None:
    """On the page, in JSON and in CSV; in every week."""
    followed = 0
    for week in ("2026-W45", "2026-W46", "2026-W47", "2026-W48"):
        page = client.get(f"/weeknote/{week}").text
        links = re.findall(rf'<a href="(/weeknote/{week}/[^"]+)">([0-9,]+)', page)
        for address, said in links:
            number = int(said.replace(",", ""))
            assert number == client.get(f"{address}.json").json()["count"]
            assert number == len(list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").text))))
            assert number == client.get(address).text.count('<th scope="row"')
            followed += 1
    assert followed >= 8


def test_the_note_says_what_the_week_was_like(client: TestClient) -> None:
    """As a page, as Markdown with whole addresses, and as numbers."""
    note = client.get("/weeknote/2026-W46.md").text
    assert note.startswith("# Week 46 of 2026\n\n9 to 15 November 2026.\n")
    assert (
        "[14 attempts](http://testserver/report/errors/2026-11) to collect were made on 7 nights, and 6 of them" in note
    )
    said = client.get("/weeknote/2026-W46.json").json()
    assert (14, 6, 1, 3) == (
        said["attempts"],
        said["failed"],
        said["lists"]["newly-failing"],
        said["lists"]["waits-assign"],
    )
    assert {"added": 2} == client.get("/weeknote/2026-W45.json").json()["lists_before"]
    page = client.get("/weeknote/2026-W46").text
    assert "<h2>What waits longest</h2>" in page
    assert 'href="/weeknote/2026-W45" rel="prev"' in page


def test_this_week_is_told_so_far(client: TestClient) -> None:
    """There is no week after it yet."""
    page = client.get("/weeknote/2026-W48").text
    assert "23 to 29 November 2026, so far." in page
    assert 'rel="next"' not in page
    assert (404, True) == (
        (answer := client.get("/weeknote/2026-W49.json")).status_code,
        "is to come" in answer.json()["detail"],
    )


def test_weeks_are_listed(client: TestClient) -> None:
    """Those of which something is recorded, the latest first."""
    found = re.findall(r'href="/weeknote/(\d{4}-W\d\d)"', client.get("/weeknote/").text)
    assert ["2026-W48", "2026-W47", "2026-W46", "2026-W45", "2026-W44"] == found


def test_the_feed_holds_the_weeks_that_are_over(client: TestClient) -> None:
    """Each whole, with the address of its page."""
    answer = client.get("/weeknote/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")
    assert ["Week 47 of 2026", "Week 46 of 2026", "Week 45 of 2026", "Week 44 of 2026"] == [
        entry.findtext(f"{ATOM}title") for entry in entries
    ]
    assert "http://testserver/weeknote/2026-W47" == entries[0].findtext(f"{ATOM}id")
    content = entries[1].find(f"{ATOM}content")
    assert content is not None
    assert "<h2>What waits longest</h2>" in str(content.text)
    assert "14 attempts to collect" in str(entries[1].findtext(f"{ATOM}summary"))


def test_what_others_wrote_is_text(client: TestClient) -> None:
    """In the note and in its lists."""
    assert "<none>" not in client.get("/weeknote/2026-W46").text
    assert "&lt;none&gt;" in client.get("/weeknote/2026-W46/waits-assign").text


def test_it_grows_with_the_record(client: TestClient, tmp_path: Path) -> None:
    """A week that is over changes when history is added."""
    assert "passed-assign" not in client.get("/weeknote/2026-W46.json").json()["lists"]
    events = EventRecord(Lake(tmp_path), "more", lambda: NOW)
    events.emit("reference", "r1", Stage.ASSIGN, Kind.FINISHED, at=datetime(2026, 11, 12, tzinfo=UTC))
    events.close()
    assert 1 == client.get("/weeknote/2026-W46.json").json()["lists"]["passed-assign"]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/weeknote/June.json", 422, "expected a year and a week of it such as 2023-W26"),
        ("/weeknote/2026-W46/nothing.json", 404, "Those with something in them are: "),
        ("/weeknote/2001-W01/failing.json", 404, "Those with something in them are: none."),
    ],
)
def test_what_there_is_not_is_said(client: TestClient, address: str, status: int, said: str) -> None:
    """As a problem."""
    answer = client.get(address)
    assert (status, True) == (answer.status_code, said in answer.json()["detail"])


def test_an_empty_lake_has_no_weeks(tmp_path: Path) -> None:
    """But a page and a feed."""
    client = TestClient(create_app(tmp_path))
    assert "Nothing has been recorded yet." in client.get("/weeknote/").text
    assert b"<entry>" not in client.get("/weeknote/feed.atom").content
