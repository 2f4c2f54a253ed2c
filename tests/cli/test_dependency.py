"""`headrace dependency`: what blocks what, by hand."""

import getpass
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake


def run(*arguments: object, code: int = 0) -> str:
    command = [sys.executable, "-m", "headrace", "dependency", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == code, ran.stderr
    return ran.stdout if code == 0 else ran.stderr


def test_a_block_is_added_listed_and_cleared(tmp_path: Path) -> None:
    """By whoever runs the command; a second one finds nothing to clear."""
    record = EventRecord(Lake(tmp_path), "before", lambda: datetime.now(UTC) - timedelta(days=1))
    record.emit("consideration", "tree", "prepare", Kind.READY)
    record.close()
    where = ("consideration", "tree", "--lake", tmp_path)

    assert (
        run("add", *where, "--by", "legal team") == "consideration tree is blocked at prepare by person legal team.\n"
    )
    listed = json.loads(run("list", "--lake", tmp_path, "--json"))
    assert [("person", "legal team", 1, ["prepare"])] == [
        (row["by_type"], row["by_item"], row["items_now"], row["stages"]) for row in listed
    ]
    assert "legal team" in run("list", "--lake", tmp_path, "--table")
    run("clear", *where)
    assert [0] == [row["items_now"] for row in json.loads(run("list", "--lake", tmp_path, "--json"))]
    assert "blocked at no stage" in run("clear", *where, code=2)
    assert {getpass.getuser(), "headrace"} == set(EventRecord(Lake(tmp_path)).read()["actor"])
