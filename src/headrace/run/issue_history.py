"""After assembly: which issues of what is published now are new tonight, and which are gone."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from headrace.assemble.current_issue import PUBLISHER_SCHEMA, find_current_issues
from headrace.model.partition import UNKNOWN
from headrace.run.assembly import Assembled
from headrace.run.tools import Night
from headrace.run.transformation import Standing
from headrace.store.file import write_whole
from headrace.store.issue_history import IssueHistory

CURRENT_ISSUE: Final = "current_issue"
"""Name of the table of issues of the resources still published, kept beside the tables of the dataset."""

PUBLISHER: Final = "publisher"
"""Name of the table of who publishes each resource, kept beside them too."""

ISSUE_COUNT: Final = "issue_count"
"""Name of the table of how many issues there are of a kind, kept beside them too."""


def record_issues(night: Night, standing: Mapping[str, Sequence[Standing]], assembled: Mapping[str, Assembled]) -> None:
    """Keep the issues of each dataset's current resources beside its tables, and what changed in them in the history.

    Run again, it changes nothing. Where the tables are those of the night before, nothing but a date is written.
    """
    for dataset, each in assembled.items():
        path = each.folder / f"{CURRENT_ISSUE}.parquet"
        if not path.exists():
            publishers = _publishers(night, standing[dataset])
            stated = each.scan("fact").filter(pl.col("field") == "reference")
            tables = {
                "issue": each.read("issue"),
                "fact": stated.collect(),
                "fact_resource": each.scan("fact_resource").join(stated, on="fact", how="semi").collect(),
            }
            _write(publishers, each.folder / f"{PUBLISHER}.parquet")
            _write(find_current_issues(tables, each.read(UNKNOWN), publishers), path)
        history = IssueHistory(night.lake, dataset)
        history.record(night.date, each.summary.inputs, path)
        counted = each.folder / f"{ISSUE_COUNT}.parquet"
        if not counted.exists():
            _write(count_issues(pl.read_parquet(path), history.read()), counted)


def count_issues(current: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """How many issues there are of a type in a field of a resource, and since which night the first of them is known.

    Args:
        current: `CURRENT_ISSUE_SCHEMA`.
        history: `HISTORY_SCHEMA`; an issue that it lacks has no night.
    """
    dated = current.join(history.select("issue", "first_seen"), on="issue", how="left", maintain_order="left")
    kind = ("dataset", "resource", "organisation", "issue_type", "field")
    return (
        dated.group_by(kind)
        .agg(count=pl.len().cast(pl.Int64), first_seen=pl.col("first_seen").min())
        .sort(kind, nulls_last=True)
    )


def _publishers(night: Night, standing: Sequence[Standing]) -> pl.DataFrame:
    url_of = {
        each.endpoint: each.url for collection in night.plan.collections.values() for each in collection.endpoints
    }
    rows = [
        (
            held.provenance.resource,
            ";".join(held.provenance.organisations) or None,
            ";".join(held.provenance.endpoints),
            "\n".join(url_of[each] for each in held.provenance.endpoints if each in url_of),
            held.provenance.entry_date,
            held.ended_on,
        )
        for held in (each.held for each in standing)
    ]
    return pl.DataFrame(rows, schema=PUBLISHER_SCHEMA, orient="row")


def _write(frame: pl.DataFrame, path: Path) -> None:
    buffer = BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    write_whole(path, buffer.getvalue())
