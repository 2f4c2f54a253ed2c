"""How much is wrong with what is expected of each organisation.

Source: the table `provision_summary` of the existing platform. An endpoint is in error where it has failed for longer
than a few nights: one bad night is none.
"""

from typing import Final

import polars as pl

from headrace.report.quality.collected import FAILING, collected, with_name
from headrace.report.quality.material import Material

COUNTED: Final = tuple(
    (severity, responsibility)
    for severity in ("error", "warning", "notice")
    for responsibility in ("internal", "external")
)

PROVISIONS: Final = (
    *("organisation", "organisation_name", "dataset", "provision_reason", "provision_end_date"),
    *("active_endpoint_count", "error_endpoint_count"),
    *(f"count_issue_{severity}_{responsibility}" for severity, responsibility in COUNTED),
)
"""Columns of `provision_summary`."""

_HERE: Final = ["organisation", "dataset"]


def provision_summaries(material: Material) -> pl.DataFrame:
    """One row for each organisation and dataset that is expected, or was."""
    endpoints = (
        collected(material)
        .group_by(_HERE)
        .agg(
            active_endpoint_count=pl.col("endpoint").n_unique().cast(pl.Int64),
            error_endpoint_count=pl.col("endpoint").filter(FAILING).n_unique().cast(pl.Int64),
        )
    )
    types = material.issue_types.select("issue_type", "severity", "responsibility").unique("issue_type", keep="first")
    issues = (
        material.issues.with_columns(pl.col("organisation").str.split(";"))
        .explode("organisation")
        .join(types, on="issue_type")
        .group_by(_HERE)
        .agg(
            pl.col("count")
            .filter((pl.col("severity") == severity) & (pl.col("responsibility") == responsibility))
            .sum()
            .alias(f"count_issue_{severity}_{responsibility}")
            for severity, responsibility in COUNTED
        )
    )
    expected = material.provisions.rename({"end_date": "provision_end_date"})
    here = expected.join(material.datasets.select("dataset"), on="dataset", how="semi", maintain_order="left")
    rows = (
        here.unique(_HERE, keep="first", maintain_order=True)
        .join(endpoints, on=_HERE, how="left")
        .join(issues, on=_HERE, how="left")
        .with_columns(pl.col(name).fill_null(0) for name in PROVISIONS if "count" in name)
    )
    return with_name(rows, material).rename({"name": "organisation_name"}).sort(_HERE).select(PROVISIONS)
