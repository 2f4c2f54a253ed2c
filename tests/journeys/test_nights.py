"""Whole nights over a small England: what a person runs, and what is there afterwards."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from headrace.model.event import Kind, Stage
from headrace.simulate.england import England
from headrace.store.builtin import builtin_datasets
from headrace.store.configuration_files import read_collection
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.processing_record import ProcessingRecord
from headrace.store.releases import Releases

FIRST, SECOND, THIRD = "2026-11-01", "2026-11-02", "2026-11-03"


@pytest.fixture
def england(tmp_path: Path) -> Iterator[England]:
    """A small England, with its configuration in `tmp_path/config`."""
    with England(port=0) as started:
        started.write_configuration(tmp_path / "config")
        yield started


def command(folder: Path, lake: str, day: str, workers: int = 1, datasets: tuple[str, ...] = ()) -> list[str]:
    return [
        *(sys.executable, "-m", "headrace", "night", "--json", "--allow-loopback"),
        *("--lake", str(folder / lake), "--config", str(folder / "config"), "--workers", str(workers)),
        *("--specification", str(builtin_datasets() / "specification"), "--date", day),
        *(word for dataset in datasets for word in ("--dataset", dataset)),
    ]


def run(folder: Path, lake: str, day: str, workers: int = 1, datasets: tuple[str, ...] = ()) -> dict[str, object]:
    """A night as a person runs it; the summary it printed."""
    ran = subprocess.run(command(folder, lake, day, workers, datasets), capture_output=True, check=False, text=True)
    assert ran.returncode == 0, ran.stderr
    summary: dict[str, object] = json.loads(ran.stdout)
    return summary


def test_a_second_night_does_only_what_changed(england: England, tmp_path: Path) -> None:
    """The first night releases; one with nothing new releases nothing; one after changes releases again."""
    first = run(tmp_path, "lake", FIRST)
    assert first["release"]
    collections = [read_collection(path) for path in (tmp_path / "config" / "collection").iterdir()]
    due = {each.url for collection in collections for each in collection.endpoints if not each.ended(FIRST)}
    assert first["attempts"] == len(due)
    again = run(tmp_path, "lake", FIRST)
    assert (again["attempts"], again["release"]) == (0, None)
    quiet = run(tmp_path, "lake", SECOND)
    england.second_day()
    changed = run(tmp_path, "lake", THIRD)
    assert changed["release"]
    assert 0 < int(str(changed["new_resources"])) < int(str(first["new_resources"]))
    assert int(str(quiet["entries"])) < int(str(first["entries"]))
    releases = Releases(Lake(tmp_path / "lake"))
    assert releases.live_id() == changed["release"]
    assert first["release"] in releases.ids()


def recorded(folder: Path, lake: str) -> dict[str, list[tuple[object, ...]]]:
    """What the record of processing says of the configuration."""
    path = ProcessingRecord(Lake(folder / lake)).live()
    assert path is not None
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
            for name in ("endpoint", "source", "transform", "expectation")
        }


def test_a_night_for_one_dataset_leaves_the_others_as_they_are(england: England, tmp_path: Path) -> None:
    """They stay in the release and in the record; then a night for all finds only what is new of the others."""
    run(tmp_path, "lake", FIRST)
    releases = Releases(Lake(tmp_path / "lake"))
    before, said = releases.need_live(), recorded(tmp_path, "lake")
    assert len(before.datasets) > 1
    assert all(said[name] for name in ("endpoint", "source"))
    england.second_day()
    assert run(tmp_path, "lake", SECOND, datasets=("brownfield-land",))["release"]
    after = releases.need_live()
    assert [each.dataset for each in after.datasets] == [each.dataset for each in before.datasets]
    changed = {new.dataset for old, new in zip(before.datasets, after.datasets, strict=True) if old != new}
    assert {"brownfield-land"} == changed
    now = recorded(tmp_path, "lake")
    judged = [[row for row in each.pop("expectation") if row[0] != "brownfield-land"] for each in (said, now)]
    assert judged[0] == judged[1] != []
    assert said == now
    assert run(tmp_path, "lake", SECOND)["release"]
    changed = {
        new.dataset for old, new in zip(after.datasets, releases.need_live().datasets, strict=True) if old != new
    }
    assert "conservation-area" in changed
    assert "brownfield-land" not in changed


def test_every_stage_of_a_night_is_in_the_record(england: England, tmp_path: Path) -> None:
    """Each stage has begun and ended something, failures have their reason, and unknown references wait."""
    run(tmp_path, "lake", FIRST)
    events = EventRecord(Lake(tmp_path / "lake")).read()
    finished = set(events.filter(pl.col("kind") == Kind.FINISHED.value)["stage"])
    assert {stage.value for stage in Stage} - {Stage.ASSIGN.value} <= finished
    assert {"configure", "first-collect", "first-release"} <= finished
    failed = events.filter(pl.col("kind") == Kind.FAILED.value)
    assert failed.height
    assert failed["reason"].null_count() == 0
    assert events.filter((pl.col("stage") == Stage.ASSIGN.value) & (pl.col("kind") == Kind.READY.value)).height


def lines_of(folder: Path, lake: str, pattern: str) -> int:
    return sum(path.read_bytes().count(b"\n") for path in (folder / lake).glob(pattern))


def count_of(folder: Path, lake: str, pattern: str) -> int:
    return len(list((folder / lake).glob(pattern)))


MOMENTS: dict[str, Callable[[Path, str], bool]] = {
    "collecting": lambda folder, lake: lines_of(folder, lake, "log/*/*.ndjson") >= 4,
    "transforming": lambda folder, lake: count_of(folder, lake, "transformed/*/*/*/result.json") >= 2,
    "assembling": lambda folder, lake: count_of(folder, lake, "dataset/*/*/summary.json") >= 1,
    "publishing": lambda folder, lake: count_of(folder, lake, "artefact/*") >= 2,
}
"""When the night is killed: as soon as this is seen in the lake."""


def kill_at(folder: Path, lake: str, moment: str, workers: int) -> None:
    """Begin a night and kill it, and all it started, at a moment."""
    night = subprocess.Popen(command(folder, lake, FIRST, workers), stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while not MOMENTS[moment](folder, lake):
        assert night.poll() is None, f"the night was over before it was {moment}"
        assert time.monotonic() < deadline
        time.sleep(0.001)
    os.killpg(night.pid, signal.SIGKILL)
    night.wait()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_night_that_is_killed_and_run_again_gives_the_same_release(
    england: England, tmp_path: Path, moment: str
) -> None:
    """The bytes of every artefact are those of an undisturbed night, and no endpoint has two attempts."""
    undisturbed = run(tmp_path, "undisturbed", FIRST)
    kill_at(tmp_path, "killed", moment, workers=2 if moment == "transforming" else 1)
    resumed = run(tmp_path, "killed", FIRST)
    assert undisturbed["release"] == resumed["release"]
    live = Releases(Lake(tmp_path / "killed")).live()
    assert Releases(Lake(tmp_path / "undisturbed")).live() == live
    assert live is not None
    for artefact in live.artefacts:
        paths = [Lake(tmp_path / lake).artefact_path(artefact.sha256) for lake in ("killed", "undisturbed")]
        assert paths[0].read_bytes() == paths[1].read_bytes()
    log = pl.read_parquet(tmp_path / "killed" / "log" / "*" / "*.parquet", hive_partitioning=False)
    assert log.height == log["endpoint"].n_unique()


@pytest.mark.parametrize(
    ("file", "body", "message"),
    [
        ("pipeline/brownfield-land/column.csv", "dataset,column\n", "column.csv:1: the header has no 'field'"),
        (
            "pipeline/brownfield-land/patch.csv",
            "dataset,field,pattern,value\n,a,b\n",
            "patch.csv:2: the row has 3 cells",
        ),
        ("collection/conservation-area/endpoint.csv", None, "endpoint.csv: cannot be read"),
        ("organisation.csv", "organisation,name,entity\nx:1,X,many\n", "organisation.csv:2: entity is 'many'"),
    ],
)
def test_bad_configuration_is_one_error_and_nothing_is_written(
    england: England, tmp_path: Path, file: str, body: str | None, message: str
) -> None:
    """The command says which file and line and what was expected, ends with 2, and leaves no lake."""
    path = tmp_path / "config" / file
    if body is None:
        path.unlink()
    else:
        path.write_text(body)
    ran = subprocess.run(command(tmp_path, "lake", FIRST), capture_output=True, check=False, text=True)
    assert ran.returncode == 2
    assert message in ran.stderr
    assert "expected" in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "lake").exists()
