"""`headrace goal list`: what the page says, in a terminal."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake


def run(*arguments: object, code: int = 0, goals: Path | None = None) -> str:
    command = [sys.executable, "-m", "headrace", "goal", "list", *map(str, arguments)]
    environment = os.environ | ({"HEADRACE_GOALS": str(goals)} if goals else {})
    ran = subprocess.run(command, capture_output=True, check=False, text=True, env=environment)
    assert ran.returncode == code, ran.stderr
    return ran.stdout if code == 0 else ran.stderr


def test_key_results_are_listed_with_how_they_stand(tmp_path: Path) -> None:
    """Three endpoints need repair, which is fewer than ten."""
    record = EventRecord(Lake(tmp_path), "night", lambda: datetime.now(UTC) - timedelta(days=1))
    for number in range(3):
        record.emit("endpoint", f"e{number}", "repair", Kind.READY)
    record.close()

    listed = {row["key_result"]: row for row in json.loads(run("--lake", tmp_path, "--json"))}
    assert (12, 3.0, "reached") == (
        len(listed),
        *(listed["endpoints-to-repair"][name] for name in ("value", "status")),
    )
    assert "1 reached, 11 not measured" in run("--lake", tmp_path, "--table")


def test_a_fault_in_a_teams_own_file_is_said_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("goal: Ours\nobjectives: none\n", encoding="utf-8")

    assert "own.yaml:1: the key 'service-team' is missing" in run("--lake", tmp_path, "--goals", own, code=2)
    assert "own.yaml:1:" in run("--lake", tmp_path, goals=own, code=2)
