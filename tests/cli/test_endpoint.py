"""`headrace endpoint`: the work list, and what would happen to a URL."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from headrace.model.attempt import Attempt
from headrace.model.endpoint import hash_url
from headrace.simulate.england import England
from headrace.simulate.web_server import Asked, Reply, WebServer
from headrace.store.attempt_log import AttemptLog
from headrace.store.builtin import builtin_datasets
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look, ReplacementRecord

TODAY = datetime.now(UTC).date()
URLS = {name: f"https://{name}.example/register.csv" for name in ("good", "new", "week", "month", "over", "today")}


def run(*arguments: object, code: int = 0) -> Any:  # JSON that was printed
    command = [sys.executable, "-m", "headrace", "endpoint", *map(str, arguments), "--json"]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == code, ran.stderr + ran.stdout
    return json.loads(ran.stdout)


def fail(lake: Lake, name: str, days: range) -> None:
    """Let an endpoint fail on each of these days before today."""
    for ago in days:
        night = TODAY - timedelta(days=ago)
        at = datetime(night.year, night.month, night.day, 1, tzinfo=UTC)
        log = AttemptLog(lake, night.isoformat(), f"{name}-{ago}")
        log.record(Attempt(hash_url(URLS[name]), URLS[name], at, at, status=404, reason="answered 404 Not Found"))
        log.close()


@pytest.fixture
def listed(tmp_path: Path) -> list[object]:
    """Options of a lake with six endpoints of all ages."""
    lake = Lake(tmp_path / "lake")
    collection = tmp_path / "config" / "collection" / "brownfield-land"
    collection.mkdir(parents=True)
    ended = {"over": "2020-01-01"}
    rows = "".join(f"{hash_url(url)},{url},{ended.get(name, '')}\n" for name, url in URLS.items())
    (collection / "endpoint.csv").write_text(f"endpoint,endpoint-url,end-date\n{rows}")
    rows = "".join(f"{hash_url(url)},local-authority:{name},brownfield-land\n" for name, url in URLS.items())
    (collection / "source.csv").write_text(f"endpoint,organisation,pipelines\n{rows}")
    fail(lake, "today", range(1, 2))
    fail(lake, "week", range(1, 9))
    fail(lake, "month", range(5, 41))
    fail(lake, "over", range(1, 41))
    yesterday = TODAY - timedelta(days=1)
    log = AttemptLog(lake, yesterday.isoformat(), "good")
    at = datetime(yesterday.year, yesterday.month, yesterday.day, 1, tzinfo=UTC)
    log.record(Attempt(hash_url(URLS["good"]), URLS["good"], at, at, status=200, resource="r"))
    log.close()
    return ["list", "--lake", tmp_path / "lake", "--config", tmp_path / "config"]


def test_the_work_list_is_by_age(listed: list[object]) -> None:
    """Longest failing first, each with what is to be done about it; what has ended is nobody's work."""
    failing = run(*listed, "--failing")
    assert [(each["url"], each["failing_days"], each["action"]) for each in failing] == [
        (URLS["month"], 40, "propose retirement"),
        (URLS["week"], 8, "tell the publisher"),
        (URLS["today"], 1, "wait"),
    ]
    month = failing[0]
    assert month["reason"] == "answered 404 Not Found"
    assert month["organisations"] == ["local-authority:month"]
    assert month["failures"] == 36
    assert date.fromisoformat(month["told_on"]) == TODAY - timedelta(days=33)
    assert date.fromisoformat(month["due_on"]) == TODAY + timedelta(days=2)
    assert failing[2]["told_on"] is None


def test_the_whole_list_has_the_others_too(listed: list[object]) -> None:
    """What answers, and what was never asked."""
    others = {each["url"]: each for each in run(*listed) if not each["failing_since"]}
    assert sorted(others) == [URLS["good"], URLS["new"]]
    assert {each["due"] for each in others.values()} == {"every night: it answers", "it was never asked"}
    assert {each["due_on"] for each in others.values()} == {TODAY.isoformat()}


@pytest.fixture
def england(tmp_path: Path) -> Iterator[England]:
    with England(port=0) as started:
        started.write_configuration(tmp_path / "config")
        yield started


@pytest.fixture
def failing(england: England, tmp_path: Path) -> list[object]:
    """Options of a lake in which two endpoints have failed for 40 days, one with a documentation page that is there."""
    log = AttemptLog(Lake(tmp_path / "lake"), "", "history")
    for publication in (england.publications[0], *(each for each in england.publications if each.successor)):
        url = england.url(publication)
        for ago in range(1, 41):
            night = TODAY - timedelta(days=ago)
            log.night, at = night.isoformat(), datetime(night.year, night.month, night.day, 1, tzinfo=UTC)
            log.record(Attempt(hash_url(url), url, at, at, status=200, reason="not data but a web page"))
    log.close()
    return ["list", "--failing", "--lake", tmp_path / "lake", "--config", tmp_path / "config"]


def test_a_replacement_is_found_where_the_documentation_links_to_it(england: England, failing: list[object]) -> None:
    """The page is asked once, what it links to is shown with why, and is known without looking again."""
    (moved,) = (each for each in england.publications if each.successor)
    looked = {each["url"]: each["look"] for each in run(*failing, "--look", "--allow-loopback")}
    assert looked[england.url(moved)] == {
        "endpoint": hash_url(england.url(moved)),
        "looked_on": TODAY.isoformat(),
        "page": england.server.origin + moved.documentation,
        "replacement": england.server.origin + moved.successor,
        "text": "Brownfield land register (CSV)",
        "why": "it is a .csv file; it names “brownfield”, “land”; it shares “register” with the old address; "
        "on the same host",
    }
    assert [asked.path for asked in england.server.asked] == [moved.documentation]
    nowhere = next(look for url, look in looked.items() if url != england.url(moved))
    assert nowhere["replacement"] is None
    assert nowhere["why"].startswith("the page was not had: no")
    assert {each["url"]: each["look"] for each in run(*failing)} == looked
    assert len(england.server.asked) == 1


def test_a_page_that_may_not_be_asked_is_left_alone(england: England, failing: list[object]) -> None:
    """Documentation pages are asked under the same rules as endpoints, and the reason is told."""
    (moved,) = (each for each in england.publications if each.successor)
    looked = {each["url"]: each["look"] for each in run(*failing, "--look")}
    assert looked[england.url(moved)]["why"] == (
        "the page was not had: the policy forbids to ask 127.0.0.1: 127.0.0.1 is this machine itself"
    )
    assert england.server.asked == []


def test_a_look_of_an_earlier_failing_is_forgotten(england: England, failing: list[object], tmp_path: Path) -> None:
    """What was found before the endpoint answered again says nothing of why it fails now."""
    url = england.url(england.publications[0])
    record = ReplacementRecord(Lake(tmp_path / "lake"), "look")
    old = {"looked_on": TODAY - timedelta(days=41), "page": "https://x.example", "text": "New", "why": "it is there"}
    record.add([Look(endpoint=hash_url(url), replacement="https://x.example/new.csv", **old)])  # type: ignore[arg-type]
    assert {each["look"] for each in run(*failing)} == {None}


def test_every_step_of_the_way_is_shown(england: England, tmp_path: Path) -> None:
    """From the address to the columns that are read, in the order in which they happen."""
    moved = next(each for each in england.publications if each.moved_to and each.dataset == "conservation-area")
    steps = run(
        *("check", england.url(moved), "--allow-loopback", "--dataset", "conservation-area"),
        *("--config", tmp_path / "config", "--specification", builtin_datasets() / "specification"),
    )
    order = list(dict.fromkeys(each["step"] for each in steps))
    expected = ["address", "robots.txt", "redirection", "request", "answer", "resource", "format", "encoding"]
    assert order[: len(expected)] == expected
    assert order[-1] == "dataset"
    columns = [each["said"] for each in steps if each["step"] == "column"]
    assert "reference is read as reference" in columns


def test_nothing_is_asked_of_an_address_that_is_forbidden(england: England) -> None:
    """This machine is nobody's publisher, unless that is allowed."""
    steps = run("check", england.url(england.publications[0]), code=1)
    assert [each["step"] for each in steps] == ["address", "request", "answer"]
    assert steps[0] == {"step": "address", "good": False, "said": "127.0.0.1 is this machine itself"}
    assert england.server.asked == []


def answer(asked: Asked) -> Reply:
    return Reply(b"<!DOCTYPE html><title>Sorry</title>") if asked.path == "/page" else Reply(b"%PDF-1.7\n%\xe2\xe3")


@pytest.mark.parametrize(
    ("path", "last"),
    [
        ("/page", {"step": "answer", "good": False, "said": "not data but a web page"}),
        ("/private", {"step": "answer", "good": False}),
        ("/document", {"step": "conversion", "good": False}),
    ],
)
def test_the_way_ends_where_it_cannot_go_on(path: str, last: dict[str, object]) -> None:
    """A page, an address that robots are asked to leave alone, a document: each with its reason, and the answer no."""
    with WebServer(answer, robots=Reply(b"User-agent: *\nDisallow: /private\n")) as server:
        steps = run("check", f"{server.origin}{path}", "--allow-loopback", code=1)
    assert steps[-1].items() >= last.items()


def test_a_dataset_needs_its_configuration() -> None:
    """The error says what is missing."""
    command = [sys.executable, "-m", "headrace", "endpoint", "check", "https://x.example", "--dataset", "tree"]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == 2
    assert "--dataset tree: got no --config or no --specification" in ran.stderr


def test_a_query_is_found_beside_the_configuration(england: England, tmp_path: Path) -> None:
    """The file that a SPARQL endpoint names is in the folder of its collection, or it is told missing."""
    collection = tmp_path / "config" / "collection" / "conservation-area"
    (collection / "areas.rq").write_text("SELECT ?reference {}")
    table = Reply(b"reference\r\nCA1\r\n", headers=(("Content-Type", "text/csv"),))
    options = ("--plugin", "sparql", "--allow-loopback", "--dataset", "conservation-area")
    folders = ("--config", tmp_path / "config", "--specification", builtin_datasets() / "specification")
    with WebServer(lambda asked: table) as server:
        there = run("check", f"{server.origin}/#areas.rq", *options, *folders)
        missing = run("check", f"{server.origin}/#other.rq", *options, *folders, code=1)
        assert [asked.path for asked in server.asked] == ["/?query=SELECT+%3Freference+%7B%7D"]
    assert {"step": "column", "good": True, "said": "reference is read as reference"} in there
    assert missing[-1]["said"].startswith("the query file 'other.rq' is not in the folder of the collection")
