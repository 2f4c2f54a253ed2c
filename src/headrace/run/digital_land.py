"""After a night in which something changed: the tables of all datasets together, for people who write SQL."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson
import polars as pl

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.event import Kind, Stage
from headrace.model.release import DatasetSummary
from headrace.publish.record import write_record_sqlite
from headrace.run.code import RELEASE_CODE, hash_code
from headrace.run.issue_history import CURRENT_ISSUE, PUBLISHER
from headrace.run.specified import hash_specified, specified_tables
from headrace.run.tools import Night
from headrace.store.dataset_tables import scan_table
from headrace.store.issue_history import IssueHistory
from headrace.store.lake import Lake
from headrace.store.processing_record import DIGITAL_LAND, ProcessingRecord
from headrace.store.releases import Releases

TABLES: Final = ("column_field", "dataset_resource", "issue")
"""Tables of every dataset that are put together as they are."""

OPERATIONAL: Final = "unknown entity"
"""The issue type that is the operators' task."""

CONVERTED_SCHEMA: Final = pl.Schema(
    {"dataset": pl.String, "resource": pl.String, "elapsed": pl.Float64, "status": pl.String, "exception": pl.String}
)
"""How reading a resource went: seconds, `success` or `failed`, and why."""


def publish_digital_land(night: Night) -> None:
    """Make the database of the live release, and switch to it, where it is not there already.

    Tables: `TABLES`, `operational_issue` (references without an entity, `entry_date` being the night on which each was
    seen first), `converted_resource`, who has what (`resource_dataset`, `resource_endpoint`, `resource_organisation`),
    and those of `specified_tables`. Names and columns are those of the existing platform.
    """
    release = Releases(night.lake).live()
    if release is None:
        return
    known = ProcessingRecord(night.lake, DIGITAL_LAND)
    said = [[(each.dataset, each.inputs) for each in release.datasets], hash_specified(night), hash_code(RELEASE_CODE)]
    made_of = sha256(orjson.dumps(said)).hexdigest()
    if known.made_of() == made_of:
        return
    with night.lake.scratch() as scratch:
        file = scratch / DIGITAL_LAND
        write_record_sqlite(_make_tables(night, release.datasets) | specified_tables(night), file)
        known.go_live(file, made_of)


def _make_tables(night: Night, summaries: Sequence[DatasetSummary]) -> dict[str, pl.DataFrame]:
    states = {each.dataset: night.lake.assembled_folder(each.dataset, each.inputs) for each in summaries}
    # One that was assembled before it was known who publishes what comes in with its next change.
    folders = {name: folder for name, folder in states.items() if (folder / f"{PUBLISHER}.parquet").exists()}
    tables = {
        table: pl.concat(
            [
                pl.DataFrame(schema=DATASET_TABLES[table]),
                *(scan_table(each, table).collect() for each in folders.values()),
            ]
        )
        for table in TABLES
    }
    tables["operational_issue"] = _operational_issues(night.lake, folders)
    tables["converted_resource"] = _converted(night, folders)
    return tables | _publishers(folders)


def _operational_issues(lake: Lake, folders: dict[str, Path]) -> pl.DataFrame:
    schema = DATASET_TABLES["issue"]
    parts = [pl.DataFrame(schema=schema)]
    for dataset, folder in folders.items():
        waiting = pl.scan_parquet(folder / f"{CURRENT_ISSUE}.parquet").filter(pl.col("issue_type") == OPERATIONAL)
        seen = IssueHistory(lake, dataset).read().select("issue", entry_date="first_seen")
        dated = waiting.collect().join(seen, on="issue", how="left", maintain_order="left")
        absent = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in dated.columns]
        parts.append(dated.with_columns(absent).select(schema.names()).cast(schema))
    return pl.concat(parts)


def _converted(night: Night, folders: dict[str, Path]) -> pl.DataFrame:
    """How reading each resource went, and how long it took where that was recorded here."""
    is_convert = pl.col("stage") == Stage.CONVERT.value
    began, ended = (Kind.STARTED.value,), (Kind.FINISHED.value, Kind.FAILED.value)
    events = night.events.read(is_convert & pl.col("kind").is_in(began + ended))
    took = events.group_by("item").agg(
        started=pl.col("at").filter(pl.col("kind").is_in(began)).max(),
        finished=pl.col("at").filter(pl.col("kind").is_in(ended)).max(),
    )
    parts = [pl.DataFrame(schema=CONVERTED_SCHEMA)]
    for folder in folders.values():
        whole = (pl.col("phase") == "convert") & pl.col("line_number").is_null() & pl.col("entry_number").is_null()
        unread = scan_table(folder, "refused").filter(whole).select("resource", exception="reason").unique("resource")
        read = scan_table(folder, "dataset_resource").select("dataset", "resource")
        named = read.join(unread, on="resource", how="left", maintain_order="left").collect()
        timed = named.with_columns(item=pl.concat_str("dataset", "resource", separator="/")).join(
            took, on="item", how="left", maintain_order="left"
        )
        status = pl.when(pl.col("exception").is_null()).then(pl.lit("success")).otherwise(pl.lit("failed"))
        elapsed = (pl.col("finished") - pl.col("started")).dt.total_microseconds() / 1e6
        parts.append(timed.with_columns(status=status, elapsed=elapsed).select(CONVERTED_SCHEMA.names()))
    return pl.concat(parts)


def _publishers(folders: dict[str, Path]) -> dict[str, pl.DataFrame]:
    """Which dataset, endpoint and organisation each resource is of, in a table for each."""
    of = ("resource", "organisation", "endpoint")
    told = pl.concat(
        [pl.DataFrame(schema=dict.fromkeys((*of, "dataset"), pl.String))]
        + [
            pl.read_parquet(folder / f"{PUBLISHER}.parquet").select(*of, dataset=pl.lit(name))
            for name, folder in folders.items()
        ]
    )
    tables = {}
    for column in ("dataset", "endpoint", "organisation"):
        single = told.select("resource", pl.col(column).str.split(";")).explode(column).drop_nulls()
        tables[f"resource_{column}"] = single.unique().sort("resource", column)
    return tables
