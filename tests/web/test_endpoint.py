"""The page of one endpoint."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from headrace.model.attempt import Attempt
from headrace.model.endpoint import hash_url
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look, ReplacementRecord
from headrace.web.app import create_app
from headrace.web.clock import read_clock

URL = "https://council.example/register.csv?a=<b>"
BEGAN = datetime(2026, 11, 1, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A web over a lake with an endpoint that answered once and then failed for eight nights."""
    for day in range(9):
        at = BEGAN + timedelta(days=day)
        log = AttemptLog(Lake(tmp_path), at.date().isoformat(), f"run-{day}")
        said = (
            {"status": 200, "resource": "r" * 64, "bytes": 1234}
            if day == 0
            else {"status": 404, "reason": "gone <away>"}
        )
        log.record(Attempt(hash_url(URL), URL, at, at, **said, total_ms=12.4))  # type: ignore[arg-type]
        log.close()
    app = create_app(tmp_path)
    app.dependency_overrides[read_clock] = lambda: BEGAN + timedelta(days=9)
    return TestClient(app)


def test_it_is_told_how_the_endpoint_does(client: TestClient) -> None:
    """Its history and its schedule, by the same judgements as the work list."""
    said = client.get(f"/endpoint/{hash_url(URL)}.json").json()
    assert said["url"] == URL
    assert said["history"] == {
        "first_on": "2026-11-01",
        "last_on": "2026-11-09",
        "succeeded_on": "2026-11-01",
        "failing_since": "2026-11-02",
        "failures": 8,
        "reason": "gone <away>",
    }
    assert (said["due_on"], said["due"]) == ("2026-11-11", "every 2 nights: it fails since 2026-11-02")
    assert said["clocks"] == {"asked_at": "2026-11-09T01:02:03Z", "changed_at": "2026-11-01T01:02:03Z", "inside": None}
    assert (said["told_on"], said["action"]) == ("2026-11-09", "tell the publisher")
    assert [each["status"] for each in said["attempts"]] == [404] * 8 + [200]


def test_the_page_says_the_same(client: TestClient) -> None:
    """In words, with what publishers wrote shown as text."""
    page = client.get(f"/endpoint/{hash_url(URL)}").text
    for said in ("2 November 2026, 8 nights in a row", "Tell the publisher.", "from 9 November 2026", "1,234"):
        assert said in page
    assert "gone &lt;away&gt;" in page
    assert "<away>" not in page


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """What was found on the documentation page of that endpoint, after it began to fail."""
    found = Look(
        endpoint=hash_url(URL),
        looked_on=date(2026, 11, 8),
        page="javascript:alert(1)",
        replacement="https://council.example/new.csv?a=1&b=2",
        text="The <new> file",
        why="it is a .csv file",
    )
    ReplacementRecord(Lake(tmp_path), "look").add([found])
    return found


def test_what_has_perhaps_taken_its_place_is_told(client: TestClient, look: Look) -> None:
    """With the day on which it was found; what is no address of the web becomes no link."""
    said = client.get(f"/endpoint/{hash_url(URL)}.json").json()["look"]
    assert said == asdict(look) | {"looked_on": "2026-11-08"}
    page = client.get(f"/endpoint/{hash_url(URL)}").text
    assert 'href="https://council.example/new.csv?a=1&amp;b=2">The &lt;new&gt; file</a>: it is a .csv file' in page
    assert "8 November 2026" in page
    assert "javascript:" not in page


def test_the_number_of_attempts_can_be_chosen(client: TestClient) -> None:
    """The others are counted."""
    said = client.get(f"/endpoint/{hash_url(URL)}.json?limit=2").json()
    assert (len(said["attempts"]), said["attempt_count"]) == (2, 9)


@pytest.mark.parametrize(("key", "status"), [("0" * 64, 404), ("zero", 422)])
def test_another_key_is_a_problem(client: TestClient, key: str, status: int) -> None:
    """One that nobody asked, and one that is no key."""
    assert client.get(f"/endpoint/{key}.json").status_code == status
