"""`headrace work`: what waits for a person."""

import json
import subprocess
import sys
from pathlib import Path

from headrace.model.event import Kind, Stage
from headrace.run.tools import utc_now
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake


def run(*arguments: object) -> str:
    command = [sys.executable, "-m", "headrace", "work", "list", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_work_is_listed_for_people_and_for_programs(tmp_path: Path) -> None:
    """Cut by role and by kind."""
    events = EventRecord(Lake(tmp_path), "run", utc_now)
    events.emit("reference", "r", Stage.ASSIGN, Kind.READY, dataset="tree", organisation="x:A")
    events.emit("consideration", "moor", "go-no-go", Kind.READY)
    events.close()
    told = json.loads(run("--lake", tmp_path))
    assert {"1 reference", "Go or no go: moor"} == {row["what"] for row in told}
    assert ["Go or no go: moor"] == [
        row["what"] for row in json.loads(run("--lake", tmp_path, "--role", "service owner"))
    ]
    table = run("--lake", tmp_path, "--kind", "assign", "--table")
    assert "tree" in table
    assert "moor" not in table
