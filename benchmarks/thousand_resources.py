"""What a night costs over a thousand loaded resources: all of them, none of them, and one of 500 rows that has changed.

    python benchmarks/thousand_resources.py SHARED FOLDER [--unchanged N] [--changed N] [--port P]

SHARED is the folder of real data; FOLDER takes the rehearsal's configuration and lake. Every real file of a configured
collection has an endpoint of its own at an address on this machine, with the sources and the configuration of the
real endpoints that served it. An edition without its last line is made of CSV files, in the order of their hashes,
until there are a thousand.

Prints wall and CPU seconds of each night: the first; nights on which every endpoint is asked and nothing has changed;
the same night again, which asks nobody; and nights on which one cell of one file of 500 rows is another. At the end
everything assembled and published is removed and made again, which must give the same release.
"""

import argparse
import csv
import json
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path

from national_night import QuietHandler

csv.field_size_limit(sys.maxsize)

WANTED = 1_000
ROWS = 500


@dataclass(frozen=True, slots=True)
class Edition:
    """One file to be served.

    Attributes:
        name: its place at the address.
        body: its bytes.
        datasets, organisation: what it is, and whose.
        endpoints: real ones that served it.
    """

    name: str
    body: bytes
    datasets: tuple[str, ...]
    organisation: str
    endpoints: tuple[str, ...]


@dataclass(slots=True)
class Rehearsal:
    """The configuration of the real collections, with addresses on this machine."""

    real: Path
    config: Path
    origin: str
    collections: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.collections = sorted(path.name for path in (self.real / "collection").iterdir())

    def collection_of(self) -> dict[str, str]:
        """The collection of each dataset that is configured."""
        with (self.real / "specification" / "dataset.csv").open(newline="") as file:
            return {
                row["dataset"]: row["collection"]
                for row in csv.DictReader(file)
                if row["collection"] in self.collections
            }

    def write(self, editions: list[Edition]) -> None:
        """Write the tables, in which each row about a real endpoint is one about each address of its files."""
        new_of: dict[str, list[str]] = {}
        for edition in editions:
            for endpoint in edition.endpoints:
                new_of.setdefault(endpoint, []).append(self.endpoint(edition))
        self.config.mkdir(parents=True, exist_ok=True)
        (self.config / "organisation.csv").write_bytes((self.real / "organisation.csv").read_bytes())
        of_dataset = self.collection_of()
        for name in self.collections:
            for path in sorted((self.real / "pipeline" / name).glob("*.csv")):
                rows, header = _read(path)
                named = [
                    row | {"endpoint": new}
                    for row in rows
                    for new in (new_of.get(row["endpoint"], [row["endpoint"]]) if row.get("endpoint") else [""])
                ]
                _write(self.config / "pipeline" / name / path.name, named, header)
            mine = [edition for edition in editions if of_dataset[edition.datasets[0]] == name]
            real, header = _read(self.real / "collection" / name / "source.csv")
            sources = [row for edition in mine for row in self._sources(edition, real)]
            _write(self.config / "collection" / name / "source.csv", sources, header)
            endpoints = [
                {"endpoint": self.endpoint(edition), "endpoint-url": self._url(edition), "entry-date": "2018-01-01"}
                for edition in mine
            ]
            _, header = _read(self.real / "collection" / name / "endpoint.csv")
            _write(self.config / "collection" / name / "endpoint.csv", endpoints, header)
            old = self.real / "collection" / name / "old-resource.csv"
            (self.config / "collection" / name / old.name).write_bytes(old.read_bytes())

    def endpoint(self, edition: Edition) -> str:
        """The endpoint of a file."""
        return sha256(self._url(edition).encode()).hexdigest()

    def _url(self, edition: Edition) -> str:
        return f"{self.origin}/{edition.name}"

    def _sources(self, edition: Edition, real: list[dict[str, str]]) -> Iterator[dict[str, str]]:
        known = [row for row in real if row["endpoint"] in edition.endpoints]
        made = {"organisation": edition.organisation, "pipelines": ";".join(edition.datasets)}
        for number, row in enumerate(known or [made]):
            said = {"source": f"{edition.name[:24]}{number:08}", "endpoint": self.endpoint(edition), "end-date": ""}
            yield row | said


def _read(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        return list(reader), list(reader.fieldnames or [])


def _write(path: Path, rows: list[dict[str, str]], header: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def find_editions(shared: Path, collection_of: dict[str, str]) -> list[Edition]:
    """The real files of the configured collections, and editions without their last line up to a thousand."""
    rows, _ = _read(shared / "resources.csv")
    real = []
    for row in sorted(rows, key=lambda each: each["sha256"]):
        datasets = tuple(each for each in row["dataset"].split(";") if each in collection_of)
        if datasets:
            body = (shared / "resources" / row["sha256"]).read_bytes()
            endpoints = tuple(filter(None, row["endpoints"].split(";")))
            real.append(Edition(row["sha256"], body, datasets, row["organisation"].split(";")[0], endpoints))
    csvs = {row["sha256"] for row in rows if row["format"] == "csv" and int(row["rows"] or 0) >= 20}
    shorter = [
        Edition(
            f"{each.name[:-8]}-earlier", _without_last_line(each.body), each.datasets, each.organisation, each.endpoints
        )
        for each in real
        if each.name in csvs
    ]
    print(f"{len(real)} real files, and {WANTED - len(real)} editions of theirs without the last line")
    return (real + shorter)[:WANTED]


def _without_last_line(body: bytes) -> bytes:
    return body.rstrip().rpartition(b"\n")[0] + b"\n"


def find_changeable(shared: Path) -> tuple[str, str]:
    """The brownfield CSV file whose rows are nearest to 500, and how many it has."""
    rows, _ = _read(shared / "resources.csv")
    mine = [row for row in rows if row["dataset"] == "brownfield-land" and row["format"] == "csv" and row["rows"]]
    found = min(mine, key=lambda row: (abs(int(row["rows"]) - ROWS), row["sha256"]))
    return found["sha256"], found["rows"]


def change_cell(file: Path, number: int) -> None:
    """Write another address into one row of a file of sites."""
    with file.open(newline="", encoding="latin-1") as opened:
        rows = list(csv.reader(opened))
    column = next(place for place, name in enumerate(rows[0]) if "address" in name.lower())
    rows[10][column] = f"{number} Mill Lane"
    with file.open("w", newline="", encoding="latin-1") as opened:
        csv.writer(opened).writerows(rows)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a night took, and what it said of itself."""

    wall: float
    cpu: float
    said: dict[str, object]

    def __str__(self) -> str:
        stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.said["seconds_by_stage"].items())
        return f"{self.wall:5.1f} s wall, {self.cpu:5.1f} CPU-s   {stages}"


def measure(command: list[str], day: date) -> Cost:
    """Run a night in a process of its own."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran = subprocess.run([*command, "--date", day.isoformat()], check=True, stdout=subprocess.PIPE)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, json.loads(ran.stdout))


def main() -> None:
    """Rehearse, run the nights, print what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--unchanged", type=int, default=3)
    parser.add_argument("--changed", type=int, default=3)
    parser.add_argument("--port", type=int, default=8098)
    given = parser.parse_args()
    shared, folder = given.shared.resolve(), given.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    served, lake = folder / "served", folder / "lake"
    served.mkdir(parents=True)
    rehearsal = Rehearsal(shared / "digital-land", folder / "config", f"http://127.0.0.1:{given.port}")
    editions = find_editions(shared, rehearsal.collection_of())
    for edition in editions:
        (served / edition.name).write_bytes(edition.body)
    rehearsal.write(editions)
    server = ThreadingHTTPServer(("127.0.0.1", given.port), partial(QuietHandler, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [sys.executable, "-m", "headrace", "night", "--lake", str(lake), "--config", str(folder / "config")]
    command += ["--specification", str(shared / "digital-land" / "specification"), "--allow-loopback", "--json"]
    day = date(2026, 11, 1)
    first = measure(command, day)
    print(f"the first     {first}")
    print(f"{first.said['attempts']} asked, {first.said['new_resources']} resources, {first.said['facts']:,} facts")
    for _ in range(given.unchanged):
        day += timedelta(days=1)
        asked = measure(command, day)
        again = measure(command, day)
        print(f"unchanged     {asked}: {asked.cpu / first.cpu:.1%} of the first")
        print(f"nobody asked  {again}: {again.cpu / first.cpu:.1%} of the first")
    name, rows = find_changeable(shared)
    print(f"{rows} rows in the file that changes")
    for number in range(given.changed):
        day += timedelta(days=1)
        change_cell(served / name, number)
        changed = measure(command, day)
        print(f"one changed   {changed}: {changed.said['new_resources']} new, release {changed.said['release']}")
    live = (lake / "release" / "live").read_text()
    for made in ("dataset", "artefact"):
        shutil.rmtree(lake / made)
    again = measure(command, day)
    print(f"made again    {again}")
    same = (lake / "release" / "live").read_text() == live
    print("the same release" if same else "ANOTHER RELEASE")
    raise SystemExit(not same)


if __name__ == "__main__":
    main()
