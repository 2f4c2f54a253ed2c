"""The issues of the live release, with the nights on which they were seen."""

import polars as pl

from headrace.model.error import ReleaseError
from headrace.model.release import DatasetSummary
from headrace.report.issue_list import LIST_SCHEMA, make_issue_list
from headrace.run.issue_history import CURRENT_ISSUE
from headrace.store.guidance import read_builtin_issue_types
from headrace.store.issue_history import IssueHistory
from headrace.store.lake import Lake
from headrace.store.releases import Releases


def list_issues(lake: Lake, dataset: str | None = None) -> pl.DataFrame:
    """`LIST_SCHEMA` of one dataset of the live release, or of all; of resources that are still published.

    Raises:
        ReleaseError: nothing is live, or not this dataset, or the release was made before issues had a history.
    """
    lists = [list_issues_of(lake, summary) for summary in live_datasets(lake, dataset)]
    return pl.concat([pl.DataFrame(schema=LIST_SCHEMA), *lists]).sort(
        "first_seen", nulls_last=True, maintain_order=True
    )


def live_datasets(lake: Lake, dataset: str | None = None) -> list[DatasetSummary]:
    """What the live release holds of each dataset, or of one.

    Raises:
        ReleaseError: nothing is live, or not this dataset.
    """
    live = Releases(lake).need_live()
    return list(live.datasets) if dataset is None else [live.dataset(dataset)]


def list_issues_of(lake: Lake, summary: DatasetSummary) -> pl.DataFrame:
    """`LIST_SCHEMA` of a dataset as it was assembled once.

    Raises:
        ReleaseError: it was assembled before issues had a history.
    """
    path = lake.assembled_folder(summary.dataset, summary.inputs) / f"{CURRENT_ISSUE}.parquet"
    if not path.exists():
        raise ReleaseError(f"{summary.dataset}: no history of issues is kept yet; run `headrace night` again")
    history = IssueHistory(lake, summary.dataset).read()
    return make_issue_list(pl.read_parquet(path), history, read_builtin_issue_types())
