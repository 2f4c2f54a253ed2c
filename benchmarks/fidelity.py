"""How far the results of Headrace agree with those of the existing platform, on the same files and configuration.

    python benchmarks/fidelity.py SHARED [--dataset D] [--show N]

SHARED is the folder of real data. Facts are compared by their hash and entry; issues by entry, field, type and value.
Prints a table by dataset and the largest classes of difference.
"""

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from headrace.model.result import Result
from headrace.run.resource import read_resource
from headrace.spec.configuration import Configuration
from headrace.spec.organisations import Organisations
from headrace.spec.rules import Provenance, resolve
from headrace.spec.specification import Specification
from headrace.store.configuration_files import read_configuration, read_organisations, read_specification
from headrace.store.csv_table import read_table

DAY_OF_THE_PEER = date(2026, 11, 22)
"""The day on which the existing platform was run: its messages about dates far ahead name it."""

OUR_OWN = ("unknown column",)
"""Issue types that the existing platform does not have."""

FACT = ["dataset", "resource", "entry-number", "fact"]
ISSUE = ["dataset", "resource", "entry-number", "field", "issue-type", "value"]


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the index: a resource as the existing platform was given it."""

    shared: Path
    dataset: str
    resource: str
    pipeline: str
    organisations: tuple[str, ...]
    endpoints: tuple[str, ...]
    entry_date: str


@cache
def ground(shared: Path) -> tuple[Specification, Organisations]:
    """What is the same for every run."""
    folder = shared / "digital-land"
    return read_specification(folder / "specification"), read_organisations(folder / "organisation.csv")


@cache
def configured(shared: Path, pipeline: str, dataset: str) -> Configuration:
    """The configuration of a dataset as it is."""
    return read_configuration(shared / "digital-land" / "pipeline" / pipeline, dataset)


def configuration(run: Run) -> Configuration:
    """The configuration with the lookups that were added for one run."""
    added = run.shared / "expected" / "peer" / "lookup-added" / f"{run.dataset}.{run.resource}.csv"
    if not added.exists():
        return configured(run.shared, run.pipeline, run.dataset)
    folder = run.shared / "digital-land" / "pipeline" / run.pipeline
    return read_configuration(folder, run.dataset, [read_table(added, added.name)])


def result(run: Run) -> Result:
    """What Headrace makes of one run."""
    specification, organisations = ground(run.shared)
    provenance = Provenance(run.resource, run.endpoints, run.organisations, run.entry_date)
    rules = resolve(specification, configuration(run), organisations, provenance, DAY_OF_THE_PEER)
    return read_resource(run.shared / "resources" / run.resource, rules, time.perf_counter)


def tables(run: Run) -> tuple[pl.DataFrame, pl.DataFrame, int, float]:
    """Facts and issues as the existing platform names their columns, refused records, and CPU-seconds."""
    begun = time.process_time()
    made = result(run)
    seconds = time.process_time() - begun
    whose = {"dataset": pl.lit(run.dataset), "resource": pl.lit(run.resource)}
    facts = made.facts.select(
        pl.col("entry").cast(pl.String).alias("entry-number"), "fact", "field", "value", entity=pl.col("entity")
    )
    issues = made.issues.select(
        pl.col("entry").cast(pl.String).alias("entry-number"),
        "field",
        pl.col("type").alias("issue-type"),
        pl.col("value").replace("", None),
        "message",
    ).filter(~pl.col("issue-type").is_in(OUR_OWN))
    return facts.with_columns(**whose), issues.with_columns(**whose), made.refused.height, seconds


def runs(shared: Path, dataset: str | None) -> Iterator[Run]:
    """Every run of the index, or those of one dataset."""
    index = pl.read_csv(shared / "expected" / "peer" / "index.csv", infer_schema=False).fill_null("")
    for row in index.iter_rows(named=True):
        if dataset in (None, row["dataset"]):
            yield Run(
                shared,
                row["dataset"],
                row["resource"],
                row["pipeline"],
                tuple(row["organisations"].replace(";", " ").split()),
                tuple(row["endpoints"].replace(";", " ").split()),
                row["entry_date"],
            )


def agree(ours: pl.DataFrame, theirs: pl.DataFrame, key: list[str]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Rows that both have, that only they have, and that only we have; a row said twice counts twice."""

    def numbered(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.int_range(pl.len()).over(key).alias("#"))

    left, right = numbered(ours), numbered(theirs)
    on = [*key, "#"]
    return (
        left.join(right, on=on, how="semi", nulls_equal=True),
        right.join(left, on=on, how="anti", nulls_equal=True),
        left.join(right, on=on, how="anti", nulls_equal=True),
    )


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--dataset")
    parser.add_argument("--show", type=int, default=15)
    parser.add_argument("--save", type=Path, help="folder for the differences as CSV")
    given = parser.parse_args()
    work = list(runs(given.shared.resolve(), given.dataset))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        made = list(pool.map(tables, work, chunksize=4))
    facts = pl.concat([each[0] for each in made])
    issues = pl.concat([each[1] for each in made])
    peer = given.shared / "expected" / "peer"
    wanted = sorted({run.dataset for run in work})
    their_facts = pl.read_parquet(peer / "facts.parquet").filter(pl.col("dataset").is_in(wanted))
    their_issues = pl.read_parquet(peer / "issues.parquet").filter(pl.col("dataset").is_in(wanted))
    fact_sets = agree(facts, their_facts, FACT)
    issue_sets = agree(issues, their_issues, ISSUE)
    refused = dict.fromkeys(wanted, 0)
    for run, each in zip(work, made, strict=True):
        refused[run.dataset] += each[2]
    print(f"{'dataset':<34}{'facts':>8}{'equal':>8}{'miss':>7}{'extra':>7}{'%':>8}   ", end="")
    print(f"{'issues':>8}{'equal':>8}{'miss':>7}{'extra':>7}{'%':>8}   {'refused':>8}")
    for dataset in wanted:
        line = f"{dataset:<34}"
        for sets, theirs in ((fact_sets, their_facts), (issue_sets, their_issues)):
            of = pl.col("dataset") == dataset
            equal, missing, extra = (each.filter(of).height for each in sets)
            whole = theirs.filter(of).height
            share = 100 * equal / whole if whole else 100.0
            line += f"{whole:>8}{equal:>8}{missing:>7}{extra:>7}{share:>8.2f}   "
        print(f"{line}{refused[dataset]:>8}")
    print(f"CPU-seconds: {sum(each[3] for each in made):.1f} for {len(work)} resources")
    for name, sets, by in (
        ("facts", fact_sets, ["dataset", "field", "resource"]),
        ("issues", issue_sets, ["dataset", "field", "issue-type", "resource"]),
    ):
        for which, frame in (("missing", sets[1]), ("extra", sets[2])):
            top = (
                frame.group_by(by).agg(pl.len(), pl.col("value").first().str.slice(0, 60)).sort("len", descending=True)
            )
            for row in top.head(given.show).iter_rows():
                print(name, which, *row)
            if given.save:
                given.save.mkdir(parents=True, exist_ok=True)
                frame.write_csv(given.save / f"{name}-{which}.csv")


if __name__ == "__main__":
    main()
