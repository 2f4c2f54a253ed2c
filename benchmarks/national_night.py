"""A night over the real files and their real configuration, served by a file server on this machine.

    python benchmarks/national_night.py SHARED FOLDER [--dataset D ...] [--nights N]

SHARED is the folder of real data; FOLDER takes the rehearsal's configuration and lake. Each endpoint serves the latest
of its files at an address on this machine; its real hash is replaced in every table by that of the new address.
Prints wall and CPU seconds of each night: the first is cold, those after it find nothing changed.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

csv.field_size_limit(sys.maxsize)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing."""

    def guess_type(self, path: object) -> str:
        """Nobody says what the files are: formats are found by content."""
        return "application/octet-stream"


def latest_files(shared: Path, datasets: list[str]) -> dict[str, str]:
    """The resource that each endpoint served last, by the endpoint's real hash."""
    latest: dict[str, tuple[str, str]] = {}
    with (shared / "resources.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["dataset"] not in datasets:
                continue
            for endpoint in filter(None, row["endpoints"].split(";")):
                latest[endpoint] = max(latest.get(endpoint, ("", "")), (row["first_seen"], row["sha256"]))
    return {endpoint: found for endpoint, (_, found) in latest.items()}


def rehearse(shared: Path, folder: Path, datasets: list[str], origin: str) -> int:
    """Write the configuration of the rehearsal and lay out the files; how many endpoints it has."""
    config, served = folder / "config", folder / "served"
    served.mkdir(parents=True, exist_ok=True)
    files = latest_files(shared, datasets)
    renamed = {}
    for endpoint, found in files.items():
        link = served / endpoint
        if not link.exists():
            link.symlink_to(shared / "resources" / found)
        renamed[endpoint] = sha256(f"{origin}/{endpoint}".encode()).hexdigest()
    real = shared / "digital-land"
    config.mkdir(exist_ok=True)
    (config / "organisation.csv").write_bytes((real / "organisation.csv").read_bytes())
    asked = 0
    for dataset in datasets:
        for kind in ("collection", "pipeline"):
            (config / kind / dataset).mkdir(parents=True, exist_ok=True)
            for path in sorted((real / kind / dataset).glob("*.csv")):
                with path.open(newline="", encoding="utf-8-sig") as file:
                    reader = csv.DictReader(file)
                    rows, header = list(reader), list(reader.fieldnames or [])
                if kind == "collection" and path.stem in ("endpoint", "source"):
                    rows = [row for row in rows if row["endpoint"] in renamed]
                for row in rows:
                    if row.get("endpoint") in renamed:
                        if path.stem == "endpoint":
                            row["endpoint-url"] = f"{origin}/{row['endpoint']}"
                            row["plugin"] = row["end-date"] = ""
                        row["endpoint"] = renamed[row["endpoint"]]
                asked += len(rows) if path.stem == "endpoint" else 0
                with (config / kind / dataset / path.name).open("w", newline="") as file:
                    writer = csv.DictWriter(file, header)
                    writer.writeheader()
                    writer.writerows(rows)
    return asked


def main() -> None:
    """Rehearse, run the nights, print what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dataset", action="append")
    parser.add_argument("--nights", type=int, default=2)
    parser.add_argument("--port", type=int, default=8098)
    given = parser.parse_args()
    datasets = given.dataset or ["brownfield-land", "conservation-area"]
    shared, folder = given.shared.resolve(), given.folder.resolve()
    server = ThreadingHTTPServer(("127.0.0.1", given.port), partial(QuietHandler, directory=str(folder / "served")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{rehearse(shared, folder, datasets, f'http://127.0.0.1:{given.port}')} endpoints")
    command = [sys.executable, "-m", "headrace", "night", "--lake", folder / "lake", "--config", folder / "config"]
    command += ["--specification", shared / "digital-land" / "specification", "--allow-loopback", "--json"]
    for number in range(given.nights):
        day = date(2026, 11, 1) + timedelta(days=number)
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        ran = subprocess.run([*command, "--date", day.isoformat()], check=True, stdout=subprocess.PIPE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"night {number + 1}: {time.perf_counter() - begun:.1f} s wall, {cpu:.1f} CPU-s")
        print(json.dumps(json.loads(ran.stdout), indent=1))


if __name__ == "__main__":
    main()
