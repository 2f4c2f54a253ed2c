"""After assembly: which issues of what is published now are new tonight, and which are gone."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

import polars as pl

from headrace.assemble.current_issue import PUBLISHER_SCHEMA, find_current_issues
from headrace.run.assembly import UNKNOWN, Assembled
from headrace.run.tools import Night
from headrace.run.transformation import Standing
from headrace.store.file import write_whole
from headrace.store.issue_history import IssueHistory

CURRENT_ISSUE: Final = "current_issue"
"""Name of the table of issues of the resources still published, kept beside the tables of the dataset."""


def record_issues(
    night: Night, standing: Mapping[str, Sequence[Standing]], assembled: Mapping[str, Assembled]
) -> None:
    """Keep the issues of each dataset's current resources beside its tables, and what changed in them in the history.

    Run again, it changes nothing. Where the tables are those of the night before, nothing but a date is written.
    """
    for dataset, each in assembled.items():
        path = each.folder / f"{CURRENT_ISSUE}.parquet"
        if not path.exists():
            tables = {name: each.read(name) for name in ("issue", "fact", "fact_resource")}
            found = find_current_issues(tables, each.read(UNKNOWN), _publishers(standing[dataset]))
            buffer = BytesIO()
            found.write_parquet(buffer, compression="zstd")
            write_whole(path, buffer.getvalue())
        IssueHistory(night.lake, dataset).record(night.date, each.summary.inputs, path)


def _publishers(standing: Sequence[Standing]) -> pl.DataFrame:
    current = [each.held.provenance for each in standing if each.held.ended_on is None]
    rows = [(each.resource, ";".join(each.organisations) or None, ";".join(each.endpoints)) for each in current]
    return pl.DataFrame(rows, schema=PUBLISHER_SCHEMA, orient="row")
