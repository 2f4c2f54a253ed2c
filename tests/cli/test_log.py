"""`headrace log`: the collection log, from and for others."""

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from headrace.model.endpoint import hash_url
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake

URLS = [f"https://council-{number}.example/register.csv" for number in range(3)]


def run(*arguments: object, code: int = 0) -> dict[str, object]:
    """A command of `headrace log`, and the JSON it printed."""
    command = [sys.executable, "-m", "headrace", "log", *map(str, arguments), "--json"]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == code, ran.stderr
    printed: dict[str, object] = json.loads(ran.stdout)
    return printed


def write(folder: Path, day: str, number: int, **said: object) -> None:
    """One file of the existing platform's log."""
    path = folder / day / f"{hash_url(URLS[number])}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"endpoint-url": URLS[number], "entry-date": f"{day}T01:02:03.456789"} | said))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two nights of three endpoints: a file that changes, one that does not, and one that is never there."""
    log = tmp_path / "log"
    headers = {"Content-Type": "text/csv", "Content-Length": "123", "ETag": '"v1"', "Server": "nginx"}
    for number, day in enumerate(("2021-01-01", "2021-01-02")):
        good = {"status": "200", "elapsed": "0.250", "response-headers": headers}
        write(log, day, 0, resource=str(number) * 64, **good)
        write(log, day, 1, resource="f" * 64, **good)
        write(log, day, 2, exception="ConnectionError", elapsed="15.001")
    return log


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_of_attempts_is_imported_once(folder: Path, tmp_path: Path) -> None:
    """The second time changes nothing."""
    lake = tmp_path / "lake"
    assert run("import", folder, "--lake", lake) == {"rows": 6, "attempts": 6, "new": 6, "events": 13, "unread": []}
    assert run("import", folder, "--lake", lake) == {"rows": 6, "attempts": 6, "new": 0, "events": 0, "unread": []}


def test_what_was_imported_can_be_exported(folder: Path, tmp_path: Path) -> None:
    """`log.csv` and `resource.csv` as the existing platform makes them of the same files."""
    lake, out = tmp_path / "lake", tmp_path / "out"
    run("import", folder, "--lake", lake)
    collection = tmp_path / "config" / "collection" / "brownfield-land"
    collection.mkdir(parents=True)
    endpoints = "".join(f"{hash_url(url)},{url}\n" for url in URLS)
    (collection / "endpoint.csv").write_text(f"endpoint,endpoint-url\n{endpoints}")
    sources = "".join(f"{hash_url(url)},local-authority:{code},b;a\n" for url, code in zip(URLS, "XYZ", strict=True))
    (collection / "source.csv").write_text(f"endpoint,organisation,pipelines\n{sources}")
    made = run("export", "--lake", lake, "--out", out, "--config", tmp_path / "config")
    assert (made["attempts"], made["resources"]) == (6, 3)
    log = rows(out / "log.csv")
    assert list(log[0]) == [
        *("bytes", "content-type", "elapsed", "endpoint", "resource", "status"),
        *("entry-date", "start-date", "end-date", "exception"),
    ]
    first = next(row for row in log if row["endpoint"] == hash_url(URLS[0]))
    assert first == {
        "bytes": "123",
        "content-type": "text/csv",
        "elapsed": "0.250",
        "endpoint": hash_url(URLS[0]),
        "resource": "0" * 64,
        "status": "200",
        "entry-date": "2021-01-01T01:02:03.456789",
        "start-date": "",
        "end-date": "",
        "exception": "",
    }
    failed = next(row for row in log if row["endpoint"] == hash_url(URLS[2]))
    assert (failed["elapsed"], failed["status"], failed["exception"]) == ("15.001", "", "ConnectionError")
    assert rows(out / "resource.csv")[2] == {
        "resource": "f" * 64,
        "bytes": "123",
        "organisations": "local-authority:Y",
        "datasets": "a;b",
        "endpoints": hash_url(URLS[1]),
        "start-date": "2021-01-01",
        "end-date": "2021-01-02",
    }


def test_what_is_no_attempt_is_told(folder: Path, tmp_path: Path) -> None:
    """A broken file is named, with the reason; the others are imported; the answer is no."""
    (folder / "2021-01-02" / "broken.json").write_text('{"endpoint-url": ')
    (folder / "2021-01-02" / "odd.json").write_text("[]")
    imported = run("import", folder, "--lake", tmp_path / "lake", code=1)
    assert imported["new"] == 6
    assert [str(each).partition(":")[0] for each in imported["unread"]] == [  # type: ignore[attr-defined]
        "2021-01-02/broken.json",
        "2021-01-02/odd.json",
    ]


def test_old_names_are_understood(tmp_path: Path) -> None:
    """Files of 2018 say `url` and `datetime`, and name the endpoint by their own name alone."""
    day = tmp_path / "log" / "2018-05-22"
    day.mkdir(parents=True)
    (day / f"{hash_url(URLS[0])}.json").write_text(json.dumps({"url": URLS[0], "datetime": "2018-05-22T03:04:05Z"}))
    (day / f"{'e' * 64}.json").write_text("{}")
    lake, out = tmp_path / "lake", tmp_path / "out"
    run("import", tmp_path / "log", "--lake", lake)
    run("export", "--lake", lake, "--out", out)
    assert {row["endpoint"]: row["entry-date"] for row in rows(out / "log.csv")} == {
        hash_url(URLS[0]): "2018-05-22T03:04:05.000000",
        "e" * 64: "2018-05-22T00:00:00.000000",
    }


@pytest.mark.parametrize("there", [True, False])
def test_a_path_without_attempts_is_an_error(tmp_path: Path, there: bool) -> None:
    """One line that says what was expected."""
    path = tmp_path / "empty"
    if there:
        path.mkdir()
    command = [sys.executable, "-m", "headrace", "log", "import", str(path), "--lake", str(tmp_path / "lake")]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    assert ran.returncode == 2
    assert "expected" in ran.stderr
    assert not (tmp_path / "lake").exists()


def test_four_years_are_imported_in_a_minute(shared: Path, tmp_path: Path) -> None:
    """1,168,528 rows, of which 451,037 tell an attempt again; a second time changes nothing."""
    begun = time.monotonic()
    first = run("import", shared / "collection-log", "--lake", tmp_path / "lake")
    assert time.monotonic() - begun < 60
    assert (first["rows"], first["attempts"], first["new"]) == (1_168_528, 717_491, 717_491)
    assert run("import", shared / "collection-log", "--lake", tmp_path / "lake")["new"] == 0
    log = AttemptLog(Lake(tmp_path / "lake"), "", "reader").read()
    assert log.filter(pl.col("night") == "2022-03-11").height == 743
