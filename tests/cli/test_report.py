"""`headrace report`: tables, JSON and charts."""

import json
import subprocess
import sys
from pathlib import Path

from drawn_attempts import draw_log
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake


def run(*arguments: object, code: int = 0) -> str:
    command = [sys.executable, "-m", "headrace", "report", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == code, ran.stderr
    return ran.stdout if code == 0 else ran.stderr


def test_errors_are_counted_by_month_and_drawn(tmp_path: Path) -> None:
    """As JSON, as a table, and as the file that is asked for."""
    AttemptLog(Lake(tmp_path), "", "others").add(draw_log({"a": "o" * 32, "b": "ox" * 16}))
    told = json.loads(run("errors", "--lake", tmp_path, "--chart", tmp_path / "errors.svg"))
    assert [("2026-11", 60, 15), ("2026-12", 4, 1)] == [
        (row["month"], row["attempts"], row["failed"]) for row in told["months"]
    ]
    assert (16, 1) == (told["failures"]["failures"], told["failures"]["open"])
    assert (tmp_path / "errors.svg").read_text().startswith("<svg")
    table = run("errors", "--lake", tmp_path, "--from", "2026-12", "--to", "2026-12", "--table")
    assert "25.0" in table
    assert "2026-11" not in table


def test_what_cannot_be_drawn_or_counted_is_said(tmp_path: Path) -> None:
    """With the exit status of a wrong argument."""
    assert "expected a name that ends in .svg or .png" in run(
        "errors", "--lake", tmp_path, "--chart", "errors.gif", code=2
    )
    assert "expected a year and a month such as 2020-06" in run("errors", "--lake", tmp_path, "--from", "x", code=2)


def test_a_weeknote_is_written(tmp_path: Path) -> None:
    """Of the week that is asked for, with the addresses of the site; and a week that is none is said."""
    AttemptLog(Lake(tmp_path), "", "others").add(draw_log({"a": "o" * 20, "b": "ox" * 10}))
    note = run("weeknote", "--lake", tmp_path, "--week", "2026-W46", "--site", "https://site.example")
    assert note.startswith("# Week 46 of 2026\n")
    assert "(https://site.example/weeknote/2026-W46/newly-failing)" in note
    assert note.endswith(".\n")
    assert "such as 2023-W26" in run("weeknote", "--lake", tmp_path, "--week", "46", code=2)
