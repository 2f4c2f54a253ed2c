"""What transforming a large file costs, beside the floor and beside the existing platform.

    python benchmarks/transform.py SHARED FOLDER [--rows N] [--dataset brownfield-land|conservation-area]

Makes a file of N rows by repeating the rows of real files of SHARED in FOLDER, with references of their own, and runs
`headrace resource transform` on it as a whole process. The floor reads the same bytes, hashes as many facts and writes
them. Prints CPU-seconds, wall seconds, peak memory, rows and facts per CPU-second, and the ratios.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from headrace.convert.resource import convert
from headrace.model.cells import Converted

PEER_CPU_SECONDS = {"brownfield-land": 429.0, "conservation-area": 512.0}
"""What the existing platform takes for 100,000 rows."""

FLOOR = """
import sys, polars as pl
from hashlib import sha256
source, facts, out = sys.argv[1:]
pl.read_csv(source, has_header=False, infer_schema=False)
said = pl.read_csv(facts, infer_schema=False, columns=["entity", "field", "value"])
for part in said.iter_slices(200_000):
    texts = part.select(pl.concat_str(pl.all().fill_null(""), separator=":").cast(pl.Binary)).to_series().to_list()
    [sha256(text).hexdigest() for text in texts]
said.write_csv(out)
"""

csv.field_size_limit(sys.maxsize)


def real_rows(shared: Path, dataset: str) -> list[dict[str, str]]:
    """The rows, by column, of every real file of the dataset that the existing platform made facts of."""
    rows: list[dict[str, str]] = []
    with (shared / "expected" / "peer" / "index.csv").open(newline="") as file:
        runs = [run for run in csv.DictReader(file) if run["dataset"] == dataset and int(run["facts"])]
    for run in runs:
        conversion = convert(shared / "resources" / run["resource"])
        if isinstance(conversion, Converted):
            header, *records = conversion.cells.frame.drop("line").rows()
            rows += [{name: cell for name, cell in zip(header, each, strict=True) if name and cell} for each in records]
    return rows


def make(shared: Path, folder: Path, dataset: str, rows: int) -> tuple[Path, Path]:
    """The large file, and a pipeline folder whose lookups know its references."""
    key = "SiteReference" if dataset == "brownfield-land" else "reference"
    real = real_rows(shared, dataset)
    if dataset == "brownfield-land":
        standard = Counter(name for row in real for name in row).most_common(24)
        header = [name for name, _ in standard]
        real = [row for row in real if row.get(key)]
    else:
        shapes = [(row.get("WKT") or row.get("geometry"), row.get("name") or row.get("NAME")) for row in real]
        header = ["reference", "name", "geometry"]
        real = [{"geometry": shape, "name": name or ""} for shape, name in shapes if shape]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{dataset}-{rows}.csv"
    with target.open("w", newline="") as file:
        writer = csv.DictWriter(file, header, extrasaction="ignore")
        writer.writeheader()
        for number in range(rows):
            writer.writerow(real[number % len(real)] | {key: f"HR{number}"})
    print(f"{target.name}: {rows:,} rows from {len(real):,} real ones, {target.stat().st_size / 1e6:.0f} MB")
    pipeline = folder / f"pipeline-{dataset}"
    pipeline.mkdir(exist_ok=True)
    for path in (shared / "digital-land" / "pipeline" / dataset).glob("*.csv"):
        (pipeline / path.name).write_bytes(path.read_bytes())
    first = 1_700_000 if dataset == "brownfield-land" else 44_000_000
    with (pipeline / "lookup.csv").open("a", newline="") as file:
        writer = csv.writer(file)
        for number in range(rows):
            writer.writerow([dataset, "", "", "", "", f"HR{number}", first + number % 90_000, "", "", ""])
    return target, pipeline


def measure(command: list[str]) -> tuple[float, float, float, str]:
    """CPU-seconds, wall seconds, peak memory in GB of the largest process, and what was printed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran = subprocess.run(["/usr/bin/env", "time", "-f", "%M", *command], check=True, capture_output=True, text=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begun
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, int(ran.stderr.split()[-1]) / 1e6, ran.stdout


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--dataset", choices=sorted(PEER_CPU_SECONDS), default="brownfield-land")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    file, pipeline = make(given.shared, given.folder, given.dataset, given.rows)
    out, real = given.folder / "out", given.shared / "digital-land"
    command = [sys.executable, "-m", "headrace", "resource", "transform", str(file), "--dataset", given.dataset]
    command += ["--organisation", "local-authority:LBH", "--config", str(pipeline), "--json", "--out", str(out)]
    command += ["--specification", str(real / "specification"), "--organisations", str(real / "organisation.csv")]
    runs = sorted(measure(command) for _ in range(given.runs))
    cpu, wall, memory, printed = runs[len(runs) // 2]
    counts = json.loads(printed)
    floor = [sys.executable, "-c", FLOOR, str(file), str(out / "transformed.csv"), str(given.folder / "floor.csv")]
    floor_cpu = sorted(measure(floor)[0] for _ in range(given.runs))[given.runs // 2]
    peer = PEER_CPU_SECONDS[given.dataset] * given.rows / 100_000
    print(f"{counts['facts']:,} facts, {counts['issues']:,} issues, {counts['refused']:,} refused")
    print(f"{cpu:.1f} CPU-s (median of {given.runs}), {wall:.1f} s wall, peak {memory:.2f} GB")
    print(f"{given.rows / cpu:,.0f} rows and {counts['facts'] / cpu:,.0f} facts per CPU-second")
    print(f"floor {floor_cpu:.1f} CPU-s: {cpu / floor_cpu:.1f} times")
    print(f"existing platform {peer:.0f} CPU-s: {peer / cpu:.0f} times less")


if __name__ == "__main__":
    main()
