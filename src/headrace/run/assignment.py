"""Giving numbers to references that wait for one, and writing them where the next night reads them."""

import csv
import io
from pathlib import Path

import polars as pl

from headrace.assemble.assignment import Assignments, assign, find_likenesses
from headrace.model.event import Kind, Stage
from headrace.model.partition import UNKNOWN
from headrace.run.assembly import Assembled
from headrace.run.tools import utc_now
from headrace.store.configuration_files import read_configuration, read_specification
from headrace.store.event_record import EventRecord
from headrace.store.file import write_whole
from headrace.store.lake import Lake
from headrace.store.releases import Releases

LOOKUP_COLUMNS = ("prefix", "resource", "endpoint", "entry-number", "organisation", "reference", "entity")


def propose_assignments(
    lake: Lake, config: Path, specification: Path, dataset: str, *, trusting: bool = False
) -> Assignments:
    """What the guard rails make of the references of the live release that no entity has yet.

    Raises:
        ReleaseError: nothing is live yet, or not this dataset.
        ConfigurationError: a file of the configuration or specification is missing or malformed.
    """
    specified = read_specification(specification).dataset(dataset)
    lookups = read_configuration(config / "pipeline" / specified.collection, dataset).numbering.lookups.general
    tables = _live_tables(lake, dataset)
    entries = tables.read("dataset_resource").select("resource", "entry_count")
    known = find_likenesses(tables.read("fact"), tables.read("fact_resource"))
    return assign(tables.read(UNKNOWN), entries, lookups, tables.read("issue"), known, specified, trusting=trusting)


def write_assignments(
    lake: Lake, config: Path, specification: Path, dataset: str, assignments: Assignments, actor: str
) -> Path:
    """Append the assigned numbers to the lookup table and record what is held for a person; the file is returned."""
    collection = read_specification(specification).dataset(dataset).collection
    path = config / "pipeline" / collection / "lookup.csv"
    _append(path, assignments.assigned)
    now = utc_now()
    events = EventRecord(lake, f"assign-{now:%Y%m%d-%H%M%S%f}", utc_now)
    for organisation, prefix, reference, reason in assignments.held.select(
        "organisation", "prefix", "reference", "reason"
    ).iter_rows():
        item = f"{dataset}/{organisation or ''}/{prefix}:{reference}"
        events.emit(
            "reference",
            item,
            Stage.ASSIGN,
            Kind.BLOCKED,
            dataset=dataset,
            organisation=organisation,
            reason=reason,
            actor=actor,
        )
    events.close()
    return path


def _live_tables(lake: Lake, dataset: str) -> Assembled:
    summary = Releases(lake).need_live().dataset(dataset)
    return Assembled(lake.assembled_folder(summary.dataset, summary.inputs), summary, made=False)


def _append(path: Path, assigned: pl.DataFrame) -> None:
    """Add rows in the columns that the file has, in one step."""
    text = path.read_text(encoding="utf-8") if path.exists() else f"{','.join(LOOKUP_COLUMNS)}\n"
    header = next(csv.reader([text.splitlines()[0].removeprefix("\ufeff")]))
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writerows(assigned.iter_rows(named=True))
    if not text.endswith("\n"):
        text += "\n"
    write_whole(path, (text + written.getvalue()).encode())
