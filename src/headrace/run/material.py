"""Reading what the reports on quality are made of: the one place at which they read a lake."""

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from headrace.collect.schedule import History, Patience, next_action
from headrace.model.error import ReleaseError
from headrace.model.release import DatasetSummary, Release
from headrace.report.quality.material import SCHEMAS, Material
from headrace.run.code import hash_code
from headrace.run.endpoint_history import tell_histories
from headrace.run.issue_history import CURRENT_ISSUE, ISSUE_COUNT, PUBLISHER, count_issues
from headrace.store.attempt_log import AttemptLog
from headrace.store.dataset_tables import scan_table
from headrace.store.issue_history import IssueHistory
from headrace.store.lake import Lake
from headrace.store.processing_record import DIGITAL_LAND, ProcessingRecord
from headrace.store.releases import Releases

ASKED: Final = ("endpoint", "night", "finished_at", "status", "exception", "resource", "content", "reason")
"""Columns of the collection log that reports are made of."""


def read_material(
    lake: Lake, today: date, patience: Patience, release: Release | None = None, attempts: pl.DataFrame | None = None
) -> Material:
    """What the reports are made of, in a release or else the live one, as it is on a day.

    Args:
        lake, release: what is read.
        today: from which ages are counted.
        patience: how long failing is borne.
        attempts: what `read_asked` gives, where it has been read already.

    Raises:
        ReleaseError: nothing is live, or nothing was recorded beside it.
    """
    release = release or Releases(lake).need_live()
    record, specified = ProcessingRecord(lake), ProcessingRecord(lake, DIGITAL_LAND)
    if record.live() is None or specified.live() is None:
        raise ReleaseError("nothing is kept beside the release that reports are made of; run `headrace night` again")
    asked = read_asked(lake) if attempts is None else attempts
    frames = _recorded(record) | _specified(specified) | _assembled(lake, release.datasets)
    frames["datasets"] = frames["datasets"].filter(pl.col("dataset").is_in([each.dataset for each in release.datasets]))
    frames["replacements"] = pl.concat([frames["replacements"], frames["everywhere"]])
    frames["endpoints"] = _endpoints(frames["endpoints"], asked, today, patience)
    frames["outcomes"] = _outcomes(asked)
    frames["answers"] = _answers(frames["outcomes"])
    return Material(
        today=today, **{name: frames[name].select(SCHEMAS[name].names()).cast(SCHEMAS[name]) for name in SCHEMAS}
    )


def read_asked(lake: Lake) -> pl.DataFrame:
    """The columns `ASKED` of the collection log, in order of time; an attempt that was told twice may come twice."""
    return AttemptLog(lake, "", "reader").read_columns(ASKED)


def hash_state(lake: Lake, release: Release, asked: pl.DataFrame, today: date, patience: Patience) -> str:
    """The hash of all that the numbers of reports are made of, besides the day; arguments as of `read_material`.

    How long an endpoint that answers has answered makes no difference, and neither do the nights on which a resource
    was given again.
    """
    recorded = _recorded(ProcessingRecord(lake))
    answers_tonight = pl.col("failing_since").is_null() & (pl.col("last_on") == today)
    endpoints = _endpoints(recorded["endpoints"], asked, today, patience).select(
        *("endpoint", "endpoint_url", "entry_date", "end_date", "action", "failing_since"),
        pl.when(~answers_tonight).then("succeeded_on"),
        pl.col("last_on").is_null(),
    )
    answers = _answers(_outcomes(asked))
    latest = answers.sort("last_on", "first_on").group_by("endpoint").agg(pl.col("resource").last())
    frames = (
        *(recorded[name] for name in ("sources", "replacements", "expectations")),
        endpoints,
        answers.select("endpoint", "resource", "content", "first_on"),
        latest,
    )
    digest = sha256(repr([(each.dataset, each.inputs) for each in release.datasets]).encode())
    digest.update((ProcessingRecord(lake, DIGITAL_LAND).made_of() or "").encode())
    digest.update(hash_code(("report",)).encode())
    for frame in frames:
        digest.update(sha256(frame.sort(pl.all(), nulls_last=True).write_csv().encode()).digest())
    return digest.hexdigest()


def _recorded(record: ProcessingRecord) -> dict[str, pl.DataFrame]:
    """The frames that the record of processing has."""
    whose = ("source", "collection", "endpoint", "organisation", "pipelines")
    sources = record.read("source", _texts(*whose, "documentation_url", "licence", "entry_date", "end_date"))
    named = sources.with_columns(pl.col("pipelines").str.split(";").alias("dataset")).explode("dataset")
    return {
        "sources": named,
        "endpoints": record.read("endpoint", _texts("endpoint", "endpoint_url", "plugin", "entry_date", "end_date")),
        "replacements": record.read("transform", _texts("dataset", "field", "replacement_field")),
        "expectations": record.read("expectation", _texts(*SCHEMAS["expectations"])),
    }


def _specified(specified: ProcessingRecord) -> dict[str, pl.DataFrame]:
    """The frames that follow from the specification."""
    fields = specified.read("dataset_field", pl.Schema({"dataset": pl.String, "field": pl.String, "current": pl.Int64}))
    tables = {name: specified.read(table, _texts(*SCHEMAS[name])) for name, table in _SPECIFIED.items()}
    moved = specified.read("field", _texts("field", "replacement_field")).drop_nulls()
    everywhere = moved.select(pl.lit(None, pl.String).alias("dataset"), "field", "replacement_field")
    return tables | {"fields": fields.filter(pl.col("current") == 1), "everywhere": everywhere}


_SPECIFIED: Final = {
    "organisations": "organisation",
    "datasets": "dataset",
    "provisions": "provision",
    "issue_types": "issue_type",
}
"""Frame → the table that it is read from; numbers are text there."""


def _texts(*columns: str) -> pl.Schema:
    return pl.Schema(dict.fromkeys(columns, pl.String))


def _endpoints(configured: pl.DataFrame, asked: pl.DataFrame, today: date, patience: Patience) -> pl.DataFrame:
    """The configured endpoints with their history, and what is to be done about each on a day."""
    here = pl.col("endpoint").is_in(configured["endpoint"].implode())
    histories = tell_histories(asked.filter(here))
    actions = [
        next_action(History(**{name: value for name, value in row.items() if name != "endpoint"}), today, patience)
        for row in histories.iter_rows(named=True)
    ]
    last = asked.filter(here).group_by("endpoint").agg(pl.col("status", "exception").last())
    told = histories.with_columns(action=pl.Series([each.value for each in actions], dtype=pl.String))
    return configured.join(told.join(last, on="endpoint", how="left"), on="endpoint", how="left", maintain_order="left")


def _outcomes(asked: pl.DataFrame) -> pl.DataFrame:
    """What asking each endpoint has ended in: `status`, `exception` and `resource`, since when and until when.

    Hashes are compared as numbers: there may be a million attempts, and a few thousand of these.
    """
    hashes = ("endpoint", "resource")
    return (
        asked.with_columns(pl.col(hashes).cast(pl.Categorical))
        .group_by("endpoint", "status", "exception", "resource")
        .agg(
            pl.col("content").drop_nulls().first(),
            first_on=pl.col("night").min(),
            last_on=pl.col("night").max(),
        )
        .with_columns(pl.col(hashes).cast(pl.String), pl.col("first_on", "last_on").str.to_date())
        .sort("endpoint", "first_on", "resource", "status", "exception", nulls_last=True)
    )


def _answers(outcomes: pl.DataFrame) -> pl.DataFrame:
    """Each resource that each endpoint has given."""
    return (
        outcomes.filter(pl.col("resource").is_not_null())
        .group_by("endpoint", "resource", maintain_order=True)
        .agg(
            pl.col("content").drop_nulls().first(),
            pl.col("first_on").min(),
            pl.col("last_on").max(),
        )
    )


def _assembled(lake: Lake, summaries: tuple[DatasetSummary, ...]) -> dict[str, pl.DataFrame]:
    """The frames that are made of the tables of the datasets."""
    parts: dict[str, list[pl.DataFrame]] = {name: [pl.DataFrame(schema=SCHEMAS[name])] for name in _READERS}
    for summary in summaries:
        folder = lake.assembled_folder(summary.dataset, summary.inputs)
        if not (folder / f"{PUBLISHER}.parquet").exists():
            raise ReleaseError(f"{summary.dataset}: it is not known who publishes what; run `headrace night` again")
        for name, read in _READERS.items():
            frame = read(folder).with_columns(pl.lit(summary.dataset).alias("dataset"))
            parts[name].append(frame.select(SCHEMAS[name].names()).cast(SCHEMAS[name]))
        if not (folder / f"{ISSUE_COUNT}.parquet").exists():
            current = pl.read_parquet(folder / f"{CURRENT_ISSUE}.parquet")
            counted = count_issues(current, IssueHistory(lake, summary.dataset).read())
            parts["issues"][-1] = counted.select(SCHEMAS["issues"].names()).cast(SCHEMAS["issues"])
    return {name: pl.concat(frames) for name, frames in parts.items()}


def _read_publications(folder: Path) -> pl.DataFrame:
    refused = scan_table(folder, "refused")
    whole = (pl.col("phase") == "convert") & pl.col("line_number").is_null() & pl.col("entry_number").is_null()
    told = refused.group_by("resource").agg(
        unread=pl.col("reason").filter(whole).first(), refused=(~whole).sum().cast(pl.Int64)
    )
    read = scan_table(folder, "dataset_resource").select(
        "resource", "mime_type", "line_count", "entry_count", "entity_count"
    )
    publishers = pl.scan_parquet(folder / f"{PUBLISHER}.parquet")
    return publishers.join(read, on="resource", how="left").join(told, on="resource", how="left").collect()


def _read_columns(folder: Path) -> pl.DataFrame:
    return scan_table(folder, "column_field").select("resource", "column", "field").collect()


def _read_entities(folder: Path) -> pl.DataFrame:
    names = [name for name in SCHEMAS["entities"] if name != "dataset"]
    return scan_table(folder, "entity").select(names).collect()


def _read_issues(folder: Path) -> pl.DataFrame:
    path = folder / f"{ISSUE_COUNT}.parquet"
    return pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=SCHEMAS["issues"])


_READERS: Final[Mapping[str, Callable[[Path], pl.DataFrame]]] = {
    "publications": _read_publications,
    "columns": _read_columns,
    "entities": _read_entities,
    "issues": _read_issues,
}
"""Frame → what reads it from the folder of a dataset."""
