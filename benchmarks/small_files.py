"""What a small file costs when the rules of its dataset have been read: converted, transformed and kept in a lake.

    python benchmarks/small_files.py SHARED [--rows N]

SHARED is the folder of real data. Every real file that the existing platform made facts of, and that has at most N
rows, goes through the job that a night does for it, twice; the second time counts. Prints CPU-milliseconds a file, and
those of the floor: the same bytes hashed, split as CSV where they are that, and written to as many Parquet files.
"""

import argparse
import csv
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import polars as pl

from headrace.model.result import TABLES
from headrace.run.transformation import Done, Job, do_job
from headrace.spec.rules import Provenance
from headrace.store.lake import Lake

csv.field_size_limit(sys.maxsize)


@dataclass(frozen=True, slots=True)
class Cost:
    """One file: CPU-milliseconds of the job and of the floor, and how many facts came of it."""

    job: float
    floor: float
    facts: int


def small_runs(shared: Path, rows: int) -> list[dict[str, str]]:
    """The runs of the index about files with at most so many rows, each file and dataset once."""
    with (shared / "resources.csv").open(newline="") as file:
        small = {row["sha256"] for row in csv.DictReader(file) if row["rows"] and int(row["rows"]) <= rows}
    with (shared / "expected" / "peer" / "index.csv").open(newline="") as file:
        runs = [run for run in csv.DictReader(file) if run["resource"] in small and int(run["facts"])]
    return list({(run["dataset"], run["resource"]): run for run in runs}.values())


def job_of(shared: Path, lake: Lake, run: dict[str, str]) -> Job:
    """The job that a night would do for a run; its bytes are put into the lake."""
    lake.keep_resource((shared / "resources" / run["resource"]).read_bytes())
    endpoints, organisations = (tuple(run[name].replace(";", " ").split()) for name in ("endpoints", "organisations"))
    return Job(
        lake=lake.root,
        config=shared / "digital-land",
        specification=shared / "digital-land" / "specification",
        version="benchmark",
        dataset=run["dataset"],
        provenance=Provenance(run["resource"], endpoints, organisations, run["entry_date"]),
        bytes_of=run["resource"],
        today=date(2026, 11, 24),
    )


def milliseconds(work: Callable[[], object]) -> float:
    """What some work takes the second time it is done."""
    work()
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def floor(path: Path, folder: Path) -> None:
    """Read, hash and write, and nothing else."""
    body = path.read_bytes()
    sha256(body).hexdigest()
    try:
        rows = pl.read_csv(BytesIO(body), infer_schema=False, truncate_ragged_lines=True)
    except pl.exceptions.PolarsError:
        rows = pl.DataFrame({"body": [body[:1000]]})
    for name in TABLES:
        rows.write_parquet(folder / f"{name}.parquet", statistics=False)


def main() -> None:
    """Do the jobs, print what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--rows", type=int, default=50)
    given = parser.parse_args()
    shared, costs = given.shared.resolve(), []
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder) / "lake")
        for run in small_runs(shared, given.rows):
            job = job_of(shared, lake, run)
            done = do_job(job)
            if isinstance(done, Done) and done.facts:
                job_ms = milliseconds(lambda job=job: do_job(job))
                floor_ms = milliseconds(lambda job=job: floor(lake.resource_path(job.bytes_of), Path(folder)))
                costs.append(Cost(job_ms, floor_ms, done.facts))
    taken = sorted(cost.job for cost in costs)
    print(f"{len(costs)} files of at most {given.rows} rows, {sum(cost.facts for cost in costs):,} facts")
    print(f"CPU-milliseconds a file: median {median(taken):.0f}, 95th percentile {quantiles(taken, n=20)[-1]:.0f}")
    print(f"least {taken[0]:.0f}, most {taken[-1]:.0f}; floor: median {median(cost.floor for cost in costs):.1f}")


if __name__ == "__main__":
    main()
