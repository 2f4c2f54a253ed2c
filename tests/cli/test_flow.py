import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headrace.cli.app import app
from headrace.model.event import Kind, Stage
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams

NOW = datetime.now(UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Forty days on each of which one left; one waits."""
    record = EventRecord(Lake(tmp_path), "night", lambda: NOW)
    for day in range(1, 41):
        for kind, hours in ((Kind.READY, 0), (Kind.STARTED, 1), (Kind.FINISHED, 2)):
            record.emit("reference", f"done {day}", Stage.ASSIGN, kind, at=NOW - timedelta(days=day, hours=-hours))
    record.emit("reference", "new", Stage.ASSIGN, Kind.READY, at=NOW - timedelta(minutes=5))
    record.close()
    return tmp_path


def _run(lake: Path, *arguments: str) -> str:
    answer = CliRunner().invoke(app, ["flow", "--lake", str(lake), *arguments])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_every_stage_of_every_stream_is_told(lake: Path) -> None:
    """JSON where nobody is looking, with the columns of the pages."""
    told = json.loads(_run(lake))
    assert list(read_streams().stages) == [row["stage"] for row in told["stages"]]
    assert ("assign", 1) == (told["constraint"], told["streams"][0]["waiting"])


def test_one_stream_as_a_table(lake: Path) -> None:
    """The constraint has an arrow; other streams are left out."""
    told = _run(lake, "--stream", "data", "--table")
    assert "→" in told
    assert "feedback" not in told


@pytest.mark.parametrize(("columns", "shown"), [("80", False), ("200", True)])
def test_no_word_of_the_table_is_broken(lake: Path, monkeypatch: pytest.MonkeyPatch, columns: str, shown: bool) -> None:
    """Where the window is narrow the last columns are left out, and named."""
    monkeypatch.setenv("COLUMNS", columns)
    told = _run(lake, "--stream", "provision", "--table")
    lines = told.splitlines()
    assert max(map(len, lines)) <= int(columns)
    assert any(line.startswith("publish-locally") for line in lines)
    assert shown == any("work p50" in line and "health" in line for line in lines)
    assert shown != ("A wider window shows" in told)


def test_one_stage_over_time(lake: Path) -> None:
    """With its forecast: one a day leaves, and one waits."""
    document = json.loads(_run(lake, "--stage", "assign"))
    assert {"50%", "85%", "95%"} == set(document["emptied_by"])
    words = _run(lake, "--stage", "assign", "--table")
    assert "assign: 1 here" in words
    assert "as many left by     50% " in words


def test_a_name_that_is_none_is_refused_with_those_there_are(lake: Path) -> None:
    """Exit 2, or what the house says of mistakes, and no table."""
    for option in ("--stage", "--stream"):
        answer = CliRunner().invoke(app, ["flow", "--lake", str(lake), option, "nowhere"])
        assert answer.exit_code != 0
        assert "there is no" in answer.output + str(answer.stderr)


def test_an_empty_lake_has_nothing_to_tell(tmp_path: Path) -> None:
    """And says so without failing."""
    assert "nothing is here" in _run(tmp_path, "--stage", "collect", "--table")
