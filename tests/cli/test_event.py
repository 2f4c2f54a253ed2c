"""`headrace event`: the event record, from and for others."""

import json
import subprocess
import sys
from pathlib import Path

import pm4py
import polars as pl
import pytest

from headrace.flow.stream import passages
from headrace.flow.visits import WAITING
from headrace.run.tools import utc_now
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web.stream_gauge import Gauge


def run(*arguments: object, code: int = 0) -> object:
    """A command of `headrace event`, and the JSON it printed."""
    command = [sys.executable, "-m", "headrace", "event", *map(str, arguments), "--json"]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == code, ran.stderr
    return json.loads(ran.stdout)


def imported(path: Path, lake: Path, *options: str, code: int = 0) -> dict[str, object]:
    said = run("import", path, "--lake", lake, *options, code=code)
    assert isinstance(said, dict)
    return said


TICKETS = """\
Item,Stage,Status,At,Role,Dataset,Organisation,Reason
conservation-area/local-authority:ALD,Ask,To do,2026-09-01,data manager,conservation-area,local-authority:ALD,
conservation-area/local-authority:ALD,ask,In progress,2026-09-03T09:30:00Z,data manager,,,
conservation-area/local-authority:ALD,ask,Done,2026-09-03T10:30:00+01:00,data manager,,,
conservation-area/local-authority:ALD,publish-locally,On hold,2026-09-04,data provider,,,"waits, as ever"
"""


def test_tickets_become_events(tmp_path: Path) -> None:
    """Status words and titles are understood, moments have their offset, and importing twice changes nothing."""
    file, lake = tmp_path / "tickets.csv", tmp_path / "lake"
    file.write_text(TICKETS)
    assert imported(file, lake, "--stream", "provision") == {
        "what": "tickets", "rows": 4, "events": 4, "new": 4, "told": [],
    }  # fmt: skip
    assert imported(file, lake)["new"] == 0
    events = EventRecord(Lake(lake)).read()
    assert ["ready", "finished", "started", "blocked"] == events["kind"].to_list()
    assert {"data manager", "data provider"} == set(events["actor"])
    assert events["item_type"].unique().to_list() == ["provision"]
    waiting = passages(events).visits.filter(WAITING)
    assert waiting.select("stage", "reason").rows() == [("publish-locally", "waits, as ever")]


def test_what_is_no_ticket_is_told_with_its_line(tmp_path: Path) -> None:
    """The rest goes on, and the answer is no."""
    file = tmp_path / "tickets.csv"
    file.write_text(
        "item,stage,kind,at\n"
        "a,ask,ready,2026-09-01\n"
        ",ask,ready,2026-09-01\n"
        "a,nowhere,ready,2026-09-01\n"
        "a,ask,sometimes,2026-09-01\n"
        "a,ask,ready,last week\n"
        "a,ask,ready,2999-01-01\n"
        "a,ask\n"
        "\n"
        "a,triage,ready,2026-09-01\n"
    )
    said = imported(file, tmp_path / "lake", "--stream", "provision", code=1)
    assert (said["rows"], said["new"]) == (8, 1)
    told = [str(each) for each in said["told"]]  # type: ignore[attr-defined]
    starts = [
        "tickets.csv:8: the row has 2 cells, expected 4",
        "line 3: item is blank",
        "line 4: stage is 'nowhere', expected one of ask, publish-locally",
        "line 5: kind is 'sometimes', expected one of ready, started",
        "line 6: at is 'last week', expected a day or moment",
        "line 7: at is '2999-01-01', which has not come yet",
        "line 10: stage is 'triage'",
    ]
    assert [True] * len(starts) == [each.startswith(start) for each, start in zip(told, starts, strict=True)], told


@pytest.mark.parametrize(
    ("name", "body", "options", "message"),
    [
        ("none.csv", None, (), "there is no such file"),
        ("empty.csv", "", (), "it is empty"),
        ("other.csv", "a,b\n1,2\n", (), "its columns are a, b; expected a CSV of tickets"),
        ("binary.csv", "\ud800", (), "cannot be read as CSV"),
        ("other.parquet", "PAR1", (), "cannot be read as Parquet"),
        ("tickets.csv", TICKETS, ("--stream", "river"), "got 'river', expected one of data, provision"),
    ],
)
def test_a_file_that_is_nothing_is_one_error(
    tmp_path: Path, name: str, body: str | None, options: tuple[str, ...], message: str
) -> None:
    """It says what was expected, and nothing is written."""
    file = tmp_path / name
    if body is not None:
        file.write_bytes(body.encode("utf-8", "surrogatepass"))
    command = [
        sys.executable,
        "-m",
        "headrace",
        "event",
        "import",
        str(file),
        "--lake",
        str(tmp_path / "lake"),
        *options,
    ]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (ran.returncode, len(ran.stderr.strip().splitlines())) == (2, 1)
    assert message in ran.stderr
    assert not (tmp_path / "lake").exists()


def test_the_history_of_standards(shared: Path, tmp_path: Path) -> None:
    """957 rows, twice; the daily counts say that more is in the history than was counted, and that they stopped."""
    lake = tmp_path / "lake"
    for _ in range(2):
        history = imported(shared / "standards" / "concern-stage-history.csv", lake)
        counts = imported(shared / "standards" / "stage-counts.csv", lake)
    assert (history["rows"], history["new"], history["told"]) == (957, 0, [])
    assert (counts["rows"], counts["events"], counts["new"]) == (922, 8298, 0)
    checked = {row["stage"]: row for row in run("check", "--lake", lake, code=1)}  # type: ignore[attr-defined]
    assert checked["go-no-go"]["days_apart"] == 0
    assert (checked["backlog"]["counted"], checked["backlog"]["days"]) == (213, 922)
    assert checked["backlog"]["recorded"] > 213
    findings = {row["finding"]: row for row in Gauge(lake).silence(utc_now()).iter_rows(named=True)}
    assert (
        findings["stopped-changing"]["text"]
        == "stage-counts.csv used to change, and is the same since 2024-03-22 00:00."
    )
    assert findings["stream-silent"]["stream"] == "standards"


def test_the_history_of_endpoints(shared: Path, tmp_path: Path) -> None:
    """What is dirty is told and not lost; what is configured at the end is what plain SQL finds."""
    lake = tmp_path / "lake"
    path = shared / "endpoints" / "endpoint-history.parquet"
    said = imported(path, lake, code=1)
    assert said["rows"] == 10_201
    told = " ".join(str(each) for each in said["told"])  # type: ignore[attr-defined]
    for dirty in ("<<<<<<< HEAD", "'216000'", "Name&returnGeometry=false", "'2026'"):
        assert dirty in told
    assert imported(path, lake, code=1)["new"] == 0
    events = EventRecord(Lake(lake)).read()
    expected = pl.read_parquet(path).sql(
        "SELECT endpoint, change FROM self WHERE LENGTH(endpoint) = 64 AND change <> 'retired'"
    )
    assert set(expected["endpoint"]) >= set(events.filter(pl.col("stage") == "configure")["item"])
    known = events.filter(pl.col("kind") == "finished")
    once = pl.read_parquet(path).filter((pl.col("change") == "added").over("endpoint").all())
    assert set(once["endpoint"]) <= set(known["item"])
    visits = passages(events).visits
    assert visits.filter(pl.col("stage").is_in(["collect", "repair"])).is_empty()


def test_process_mining_tools_read_what_is_exported(shared: Path, tmp_path: Path) -> None:
    """pm4py finds in both formats the events, objects and traces that the record has."""
    lake, ocel, xes = tmp_path / "lake", tmp_path / "events.json", tmp_path / "events.xes"
    imported(shared / "standards" / "concern-stage-history.csv", lake)
    hostile = 'a/"><&\u2028\x0b/Ünïcode'
    tickets = tmp_path / "tickets.csv"
    row = ",".join(('"' + hostile.replace('"', '""') + '"', "triage", "ready", "2026-09-01", "tree", '"a, b"'))
    tickets.write_text(f"item,stage,kind,at,dataset,reason\n{row}\n")
    imported(tickets, lake)
    said = run("export", "--lake", lake, "--ocel", ocel, "--xes", xes)
    events = EventRecord(Lake(lake)).read()
    assert said == {"events": events.height, "files": {"ocel": str(ocel), "xes": str(xes)}}
    read = pm4py.read_ocel2_json(str(ocel))
    expected = events.select(pl.format("{} {}", "stage", "kind").alias("type")).to_series().value_counts()
    found = pl.Series("type", read.events["ocel:activity"].astype(str).tolist()).value_counts()
    assert dict(expected.iter_rows()) == dict(found.iter_rows())
    assert set(read.objects["ocel:oid"]) == {
        "dataset/tree",
        *(f"{kind}/{item}" for kind, item in events.select("item_type", "item").iter_rows()),
    }
    database = tmp_path / "events.sqlite"
    run("export", "--lake", lake, "--ocel", database)
    again = pm4py.read_ocel2_sqlite(str(database))
    assert sorted(read.events["ocel:activity"]) == sorted(again.events["ocel:activity"])
    assert set(read.objects["ocel:oid"]) == set(again.objects["ocel:oid"])
    related = [
        set(each.relations[["ocel:eid", "ocel:oid", "ocel:qualifier"]].itertuples(index=False, name=None))
        for each in (read, again)
    ]
    assert related[0] == related[1]
    log = pm4py.read_xes(str(xes), return_legacy_log_object=False, variant="iterparse")
    traces = log.groupby("case:concept:name").size().to_dict()
    items = events.group_by(pl.format("{}/{}", "item_type", "item").alias("case")).len()
    assert {case.replace("\x0b", chr(0xFFFD)): count for case, count in items.iter_rows()} == traces
    started = events.filter(pl.col("kind") == "started").sort("at")
    assert started.height == int((log["lifecycle:transition"] == "start").sum())
    assert log["time:timestamp"].min().to_pydatetime() == events["at"].min()


def test_one_stream_can_be_exported(tmp_path: Path) -> None:
    """The others are left out; a stream that is none, or no file, is one error."""
    file, lake = tmp_path / "tickets.csv", tmp_path / "lake"
    file.write_text(TICKETS + "feedback-1,triage,new,2026-09-01,,,,\n")
    imported(file, lake)
    said = run("export", "--lake", lake, "--ocel", tmp_path / "events.json", "--stream", "feedback")
    assert said == {"events": 1, "files": {"ocel": str(tmp_path / "events.json")}}
    for options in (
        ["--ocel", str(tmp_path / "e.json"), "--stream", "river"],
        [],
        ["--xes", str(tmp_path / "no" / "e")],
    ):
        command = [sys.executable, "-m", "headrace", "event", "export", "--lake", str(lake), *options]
        ran = subprocess.run(command, capture_output=True, check=False, text=True)
        assert (ran.returncode, len(ran.stderr.strip().splitlines())) == (2, 1), ran.stderr
