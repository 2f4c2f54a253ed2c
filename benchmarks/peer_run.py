"""The runs of the existing platform that are kept with the real data, and what Headrace makes of the same."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from headrace.model.cells import Converted
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

OUR_OWN = ("unknown column", "doubtful conversion", "unreadable resource")
"""Issue types that the existing platform does not have."""


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


@dataclass(frozen=True, slots=True)
class Made:
    """What Headrace makes of one run, named as the existing platform names it.

    Attributes:
        facts: `dataset`, `resource`, `entry-number`, `fact`, `field`, `value`.
        issues: `dataset`, `resource`, `entry-number`, `field`, `issue-type`, `value`.
        refused: records that did not become facts.
        mime_type: the media type found by content; "" where none was.
        is_read: whether the resource holds data.
        delimiter: what parts the cells; "" where the resource is no delimited text.
        cpu_seconds: what it took.
    """

    run: Run
    facts: pl.DataFrame
    issues: pl.DataFrame
    refused: int
    mime_type: str
    is_read: bool
    delimiter: str
    cpu_seconds: float


def peer_runs(shared: Path, dataset: str | None = None) -> list[Run]:
    """Every run of the index, or those of one dataset."""
    return list(_rows(shared, dataset))


def _rows(shared: Path, dataset: str | None) -> Iterator[Run]:
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


@cache
def _ground(shared: Path) -> tuple[Specification, Organisations]:
    """What is the same for every run."""
    folder = shared / "digital-land"
    return read_specification(folder / "specification"), read_organisations(folder / "organisation.csv")


@cache
def _configured(shared: Path, pipeline: str, dataset: str) -> Configuration:
    """The configuration of a dataset as it is."""
    return read_configuration(shared / "digital-land" / "pipeline" / pipeline, dataset)


def _configuration(run: Run) -> Configuration:
    """The configuration with the lookups that were added for one run."""
    added = run.shared / "expected" / "peer" / "lookup-added" / f"{run.dataset}.{run.resource}.csv"
    if not added.exists():
        return _configured(run.shared, run.pipeline, run.dataset)
    folder = run.shared / "digital-land" / "pipeline" / run.pipeline
    return read_configuration(folder, run.dataset, [read_table(added, added.name)])


def _result(run: Run) -> Result:
    specification, organisations = _ground(run.shared)
    provenance = Provenance(run.resource, run.endpoints, run.organisations, run.entry_date)
    rules = resolve(specification, _configuration(run), organisations, provenance, DAY_OF_THE_PEER)
    return read_resource(run.shared / "resources" / run.resource, rules, time.perf_counter)


def make(run: Run) -> Made:
    """What Headrace makes of one run."""
    begun = time.process_time()
    result = _result(run)
    seconds = time.process_time() - begun
    whose = {"dataset": pl.lit(run.dataset), "resource": pl.lit(run.resource)}
    entry = pl.col("entry").cast(pl.String).alias("entry-number")
    issues = result.issues.select(
        entry, "field", pl.col("type").alias("issue-type"), pl.col("value").replace("", None)
    ).filter(~pl.col("issue-type").is_in(OUR_OWN))
    conversion = result.conversion
    decisions = conversion.decisions if isinstance(conversion, Converted) else ()
    return Made(
        run,
        result.facts.select(entry, "fact", "field", "value").with_columns(**whose),
        issues.with_columns(**whose),
        result.refused.height,
        conversion.mime_type or "",
        isinstance(conversion, Converted),
        next((decision.choice for decision in decisions if decision.about == "delimiter"), ""),
        seconds,
    )
