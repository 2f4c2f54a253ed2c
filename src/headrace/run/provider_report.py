"""The report for a publisher, on the live release of a lake."""

import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl

from headrace.model.error import ReleaseError
from headrace.model.release import Release
from headrace.report.provider import Holdings, ProviderReport, Subject, report_provider
from headrace.run.issue_history import PUBLISHER
from headrace.run.issue_list import list_issues_of
from headrace.store.guidance import read_issue_guidance
from headrace.store.lake import Lake
from headrace.store.releases import Releases

TABLES = ("dataset_resource", "column_field", "fact", "fact_resource", "refused")


def read_provider_report(lake: Lake, organisation: str, dataset: str, release: Release | None = None) -> ProviderReport:
    """The report on what an organisation publishes in a dataset, in a release or else the live one.

    Raises:
        ReleaseError: nothing is live, the release has no such dataset, no such organisation, or no history of issues.
    """
    release = release or Releases(lake).live()
    if release is None:
        raise ReleaseError(f"{lake.root}: nothing is live yet; run `headrace night` first")
    summary = {each.dataset: each for each in release.datasets}.get(dataset)
    if summary is None:
        known = ", ".join(each.dataset for each in release.datasets)
        raise ReleaseError(f"release {release.id} has no dataset {dataset!r}; expected one of {known}")
    folder = lake.assembled_folder(dataset, summary.inputs)
    name = _name_of(lake.artefact_path(release.artefact("search.sqlite3").sha256), organisation)
    issues = list_issues_of(lake, summary)
    return report_provider(
        Subject(organisation, name, dataset, release.id, release.date),
        Holdings(
            tables={table: pl.read_parquet(folder / f"{table}.parquet") for table in TABLES},
            publishers=pl.read_parquet(folder / f"{PUBLISHER}.parquet"),
            issues=issues,
        ),
        read_issue_guidance(),
    )


def _name_of(search: Path, organisation: str) -> str:
    with closing(sqlite3.connect(f"{search.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        row = connection.execute("SELECT name FROM organisation WHERE organisation = ?", (organisation,)).fetchone()
    if row is None:
        raise ReleaseError(f"there is no organisation {organisation!r}; expected a CURIE such as local-authority:ABC")
    return str(row[0] or organisation)
