"""What the collection log says of endpoints, for those they are collected for.

Source: the tables `reporting_historic_endpoints`, `reporting_latest_endpoints` and `endpoint_dataset_summary` of the
existing platform. Organisations are named as in `organisation.csv` whatever a source calls them.
"""

from typing import Final

import polars as pl

from headrace.report.quality.collected import collected, days_since, with_name
from headrace.report.quality.material import Material

HISTORIC: Final = (
    *("organisation", "name", "organisation_name", "dataset", "collection", "pipeline", "endpoint", "endpoint_url"),
    *("documentation_url", "licence", "latest_status", "latest_exception", "resource", "latest_log_entry_date"),
    *("endpoint_entry_date", "endpoint_end_date", "resource_start_date", "resource_end_date"),
)
"""Columns of `reporting_historic_endpoints`."""

LATEST: Final = (*HISTORIC, "days_since_200", "rn")
"""Columns of `reporting_latest_endpoints`."""

SUMMARY: Final = (
    *("organisation", "dataset", "endpoint", "endpoint_url", "documentation_url", "resource", "latest_status"),
    *("latest_exception", "latest_log_entry_date", "entry_date", "end_date", "latest_resource_start_date"),
    "resource_end_date",
)
"""Columns of `endpoint_dataset_summary`."""

_OUTCOME: Final = ["endpoint", "latest_status", "latest_exception", "resource"]


def historic_endpoints(material: Material) -> pl.DataFrame:
    """One row for each organisation, dataset, endpoint, status, exception and resource, with the last night of it."""
    return (
        _told(material)
        .sort("organisation", "dataset", "endpoint", "latest_log_entry_date", nulls_last=True)
        .select(HISTORIC)
    )


def latest_endpoints(material: Material) -> pl.DataFrame:
    """One row for each organisation and dataset: its endpoint that was added last and has not ended (`rn` is 1)."""
    here = ["organisation", "dataset"]
    open_ = _told(material).filter(pl.col("endpoint_end_date").is_null())
    ordered = open_.sort("endpoint_entry_date", "latest_log_entry_date", descending=True, nulls_last=True)
    last = ordered.unique(here, keep="first", maintain_order=True)
    good = material.endpoints.select("endpoint", "succeeded_on").unique("endpoint", keep="first")
    return (
        last.join(good, on="endpoint", how="left", maintain_order="left")
        .with_columns(days_since_200=days_since(pl.col("succeeded_on"), material), rn=pl.lit(1, pl.Int64))
        .sort(here)
        .select(LATEST)
    )


def endpoint_summaries(material: Material) -> pl.DataFrame:
    """One row for each organisation, dataset and endpoint that is collected, with its last attempt."""
    renamed = {"endpoint_entry_date": "entry_date", "resource_start_date": "latest_resource_start_date"}
    active = collected(material).select("organisation", "dataset", "endpoint").unique()
    told = _told(material).rename({**renamed, "endpoint_end_date": "end_date"})
    last = told.sort("latest_log_entry_date", descending=True, nulls_last=True)
    here = ["organisation", "dataset", "endpoint"]
    return last.join(active, on=here, how="semi").unique(here, keep="first").sort(here).select(SUMMARY)


def _told(material: Material) -> pl.DataFrame:
    """Every source with every outcome of its endpoint: the columns of `HISTORIC`."""
    sources = material.sources.drop("entry_date", "end_date")
    endpoints = material.endpoints.select(
        "endpoint", "endpoint_url", endpoint_entry_date="entry_date", endpoint_end_date="end_date"
    )
    outcomes = material.outcomes.rename(
        {"status": "latest_status", "exception": "latest_exception", "last_on": "latest_log_entry_date"}
    )
    dates = material.publications.select(
        "dataset", "resource", resource_start_date="start_date", resource_end_date="end_date"
    ).unique(["dataset", "resource"], keep="first")
    told = (
        sources.join(endpoints, on="endpoint", how="inner")
        .join(outcomes.select(*_OUTCOME, "latest_log_entry_date"), on="endpoint", how="left")
        .join(dates, on=["dataset", "resource"], how="left")
    )
    once = told.unique(["organisation", "dataset", *_OUTCOME], keep="first", maintain_order=True)
    return with_name(once, material).with_columns(organisation_name=pl.col("name"), pipeline=pl.col("dataset"))
