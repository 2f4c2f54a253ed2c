"""`headrace watch`."""

import json
import subprocess
import sys
from pathlib import Path


def run(path: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "headrace", "watch", "replay", str(path)], capture_output=True, check=False, text=True
    )


def test_replay_prints_a_document_a_line(tmp_path: Path) -> None:
    rows = [f"2026-01-05T{hour:02}:{minute:02}:00Z" for hour in range(8) for minute in range(0, 60, 5)]
    lines = [f"{at},p{probe:02},{int(not 40 <= number < 60)}" for number, at in enumerate(rows) for probe in range(6)]
    (tmp_path / "results.csv").write_text("\n".join(["at,probe,ok", *lines]) + "\n")

    said = [json.loads(line) for line in run(tmp_path / "results.csv").stdout.splitlines()]

    assert ("2026-01-05T03:20:00Z", "alert") == (said[0]["at"], said[0]["type"])
    assert [f"p{probe:02}" for probe in range(6)] == said[0]["probes"]
    assert ["alert", "update"] == [each["type"] for each in said]


def test_a_faulty_line_is_told_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text("at,probe,ok\n2026-01-05T00:00:00Z,p00,1\n2026-01-05T00:05:00Z,p00,maybe\n")

    ran = run(tmp_path / "results.csv")

    assert 2 == ran.returncode
    assert "results.csv:3" in ran.stderr
    assert "maybe" in ran.stderr


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    ran = run(tmp_path / "none.csv")

    assert 2 == ran.returncode
    assert "none.csv" in ran.stderr
