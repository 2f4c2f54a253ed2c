"""The report for a publisher, on the live release of a lake."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.error import ReleaseError
from headrace.model.release import Release
from headrace.report.provider import Holdings, ProviderReport, Subject, find_files, report_provider
from headrace.run.issue_history import PUBLISHER
from headrace.run.issue_list import list_issues_of
from headrace.run.publication import SEARCH
from headrace.store.dataset_tables import scan_table
from headrace.store.guidance import read_issue_guidance
from headrace.store.lake import Lake
from headrace.store.releases import Releases

TABLES: Final = ("dataset_resource", "column_field", "fact_resource", "refused")
"""Those whose rows are each of one resource."""


def read_provider_report(lake: Lake, organisation: str, dataset: str, release: Release | None = None) -> ProviderReport:
    """The report on what an organisation publishes in a dataset, in a release or else the live one.

    Raises:
        ReleaseError: nothing is live, the release has no such dataset, no such organisation, or no history of issues.
    """
    release = release or Releases(lake).need_live()
    summary = release.dataset(dataset)
    name = _name_of(lake.artefact_path(release.artefact(SEARCH).sha256), organisation)
    issues = list_issues_of(lake, summary)
    folder = lake.assembled_folder(dataset, summary.inputs)
    files = find_files(pl.read_parquet(folder / f"{PUBLISHER}.parquet"), organisation)
    own = files.select("resource").lazy()
    tables = {
        table: scan_table(folder, table).join(own, on="resource", how="semi", maintain_order="left") for table in TABLES
    }
    tables["fact"] = scan_table(folder, "fact").join(tables["fact_resource"], on="fact", how="semi")
    holdings = Holdings(
        files=files,
        tables={table: frame.collect() for table, frame in tables.items()},
        issues=issues.join(own.collect(), on="resource", how="semi", maintain_order="left"),
    )
    subject = Subject(organisation, name, dataset, release.id, release.date)
    return report_provider(subject, holdings, read_issue_guidance())


def _name_of(search: Path, organisation: str) -> str:
    with closing(sqlite3.connect(f"{search.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        row = connection.execute("SELECT name FROM organisation WHERE organisation = ?", (organisation,)).fetchone()
    if row is None:
        raise ReleaseError(f"there is no organisation {organisation!r}; expected a CURIE such as local-authority:ABC")
    return str(row[0] or organisation)
