"""After a night: the record of processing, as a database for people who write SQL."""

from collections.abc import Mapping
from itertools import chain

import polars as pl

from headrace.model.attempt import RECORDED_ELSEWHERE
from headrace.publish.record import write_record_sqlite
from headrace.run.expectation import RESULT_SCHEMA
from headrace.run.others import add_recorded_others
from headrace.run.tools import Night
from headrace.store.attempt_log import AttemptLog
from headrace.store.processing_record import NAME, ProcessingRecord


def publish_record(night: Night, judged: Mapping[str, pl.DataFrame]) -> None:
    """Make the record of processing of everything known so far, and switch to it.

    Tables: `log` and `event` (attempts made here, and what happened here: the collection history of others does not
    change, and would be written anew every night; the pages of the stream read it from the event record),
    `endpoint`, `source`, `source_pipeline`, `resource`, `transform` (which field takes the place of which older one)
    and `expectation` (what was `judged`, by dataset), with names as on the existing platform.
    """
    attempts = AttemptLog(night.lake, night.date, night.run).read()
    configured = {
        "endpoint": _endpoints(night),
        "source": _sources(night),
        "transform": _transforms(night),
        "expectation": _expectations(judged),
    }
    known = add_recorded_others(night, configured)
    with night.lake.scratch() as scratch:
        file = scratch / NAME
        write_record_sqlite(
            {
                **known,
                "source_pipeline": _pipelines(known["source"]),
                "log": _log(attempts),
                "resource": _resources(attempts),
                "event": night.events.read(pl.col("actor") != RECORDED_ELSEWHERE),
            },
            file,
        )
        ProcessingRecord(night.lake).go_live(file)


def _expectations(judged: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=RESULT_SCHEMA), *(judged[dataset] for dataset in sorted(judged))])


def _log(attempts: pl.DataFrame) -> pl.DataFrame:
    elapsed = (pl.col("finished_at") - pl.col("started_at")).dt.total_microseconds() / 1e6
    own = attempts.filter(pl.col("due").ne_missing(RECORDED_ELSEWHERE))
    return own.with_columns(elapsed=elapsed, entry_date=pl.col("night")).sort("finished_at", "endpoint")


def _resources(attempts: pl.DataFrame) -> pl.DataFrame:
    seen = attempts.filter(pl.col("resource").is_not_null())
    return (
        seen.group_by("resource")
        .agg(
            start_date=pl.col("night").min(),
            last_seen=pl.col("night").max(),
            bytes=pl.col("bytes").max(),
            endpoints=pl.col("endpoint").unique().sort().str.join(";"),
        )
        .sort("resource")
    )


def _endpoints(night: Night) -> pl.DataFrame:
    rows = [
        (each.endpoint, each.url, each.plugin, each.parameters, each.entry_date, each.start_date, each.end_date)
        for collection in night.plan.collections.values()
        for each in collection.endpoints
    ]
    columns = ("endpoint", "endpoint_url", "plugin", "parameters", "entry_date", "start_date", "end_date")
    return (
        pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row").unique("endpoint").sort("endpoint")
    )


def _sources(night: Night) -> pl.DataFrame:
    rows = [
        (
            each.source,
            name,
            each.endpoint,
            each.organisation,
            ";".join(each.datasets),
            each.documentation_url or None,
            each.licence or None,
            each.entry_date or None,
            each.end_date or None,
        )
        for name, collection in night.plan.collections.items()
        for each in collection.sources
    ]
    columns = (
        *("source", "collection", "endpoint", "organisation", "pipelines"),
        *("documentation_url", "licence", "entry_date", "end_date"),
    )

    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row").sort("source", "endpoint")


def _pipelines(sources: pl.DataFrame) -> pl.DataFrame:
    split = sources.select("source", pl.col("pipelines").str.split(";").alias("pipeline"))
    return split.explode("pipeline").drop_nulls().unique(maintain_order=True)


def _transforms(night: Night) -> pl.DataFrame:
    rows = []
    for dataset, plan in night.plan.datasets.items():
        scoped = plan.configuration.transforms
        every = chain(scoped.general.general, *scoped.by_endpoint.values(), *scoped.by_resource.values())
        rows += [
            (dataset, row.get("endpoint"), row.get("resource"), row["field"], row["replacement-field"])
            for row in every
            if row["replacement-field"]
        ]
    columns = ("dataset", "endpoint", "resource", "field", "replacement_field")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.with_columns(pl.col("endpoint", "resource").replace("", None)).sort(pl.all(), nulls_last=True)
