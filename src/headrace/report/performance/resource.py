"""What was found in the resources that are published, for those who are expected to publish them.

Source: the tables `endpoint_dataset_issue_type_summary` and `endpoint_dataset_resource_summary` of the existing
platform.
"""

from typing import Final

import polars as pl

from headrace.report.quality.collected import plain, published, with_name
from headrace.report.quality.material import Material

_WHOSE: Final = (
    *("organisation", "organisation_name", "cohort", "dataset", "collection", "pipeline", "endpoint", "endpoint_url"),
    *("resource", "resource_start_date", "resource_end_date", "latest_log_entry_date"),
)

ISSUES: Final = (*_WHOSE, "count_issues", "date", "issue_type", "severity", "responsibility", "field")
"""Columns of `endpoint_dataset_issue_type_summary`."""

COLUMNS: Final = (*_WHOSE, "mapping_field", "non_mapping_field")
"""Columns of `endpoint_dataset_resource_summary`."""

_OF: Final = ["dataset", "resource"]


def issue_type_summaries(material: Material) -> pl.DataFrame:
    """One row for each organisation, endpoint, resource, issue type and field; without issues, one with none."""
    types = material.issue_types.select("issue_type", "severity", "responsibility").unique("issue_type", keep="first")
    counted = (
        material.issues.group_by(*_OF, "issue_type", "field")
        .agg(count_issues=pl.col("count").sum())
        .join(types, on="issue_type", how="left")
    )
    rows = _published(material).join(counted, on=_OF, how="left")
    order = ("organisation", "dataset", "endpoint", "resource", "issue_type", "field")
    return rows.with_columns(date=pl.lit(material.today)).sort(order, nulls_last=True).select(ISSUES)


def resource_summaries(material: Material) -> pl.DataFrame:
    """One row for each organisation, endpoint and resource: the fields whose column needed a mapping, and the others.

    Fields are joined by `;`.
    """
    claims = material.columns.filter(pl.col("field").is_not_null()).with_columns(
        mapped=plain("column") != plain("field")
    )
    fields = claims.group_by(_OF).agg(
        mapping_field=pl.col("field").filter("mapped").unique().sort().str.join(";"),
        non_mapping_field=pl.col("field").filter(~pl.col("mapped")).unique().sort().str.join(";"),
    )
    rows = _published(material).join(fields, on=_OF, how="left")
    return rows.sort("organisation", "dataset", "endpoint", "resource", nulls_last=True).select(COLUMNS)


def _published(material: Material) -> pl.DataFrame:
    """Each resource that is published, once for each organisation and endpoint that publishes it."""
    asked = material.endpoints.select("endpoint", "endpoint_url", latest_log_entry_date="last_on").unique("endpoint")
    cohorts = material.provisions.select("organisation", "dataset", "cohort").unique(
        ["organisation", "dataset"], keep="first"
    )
    collections = material.datasets.select("dataset", "collection").unique("dataset", keep="first")
    rows = (
        published(material)
        .with_columns(pl.col("endpoint").str.split(";"))
        .explode("endpoint")
        .rename({"start_date": "resource_start_date", "end_date": "resource_end_date"})
        .join(asked, on="endpoint", how="left")
        .join(cohorts, on=["organisation", "dataset"], how="left")
        .join(collections, on="dataset", how="left")
        .with_columns(pipeline=pl.col("dataset"))
    )
    return with_name(rows, material).rename({"name": "organisation_name"})
