"""Data that has not been renewed for too long."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import collected, days_since, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

STALE_DAYS: Final = 365
"""Registers are to be renewed at least once a year."""

SOON_DAYS: Final = 300
"""From here on it is time to ask."""


def _make(material: Material) -> pl.DataFrame:
    """The resource that each endpoint gave last stands for what is published from there."""
    latest = (
        material.answers.sort("last_on", "first_on")
        .group_by("endpoint")
        .agg(resource=pl.col("resource").last(), unchanged_since=pl.col("first_on").last())
    )
    entries = _newest_entries(material)
    rows = (
        collected(material)
        .unique(["dataset", "organisation", "endpoint"], keep="first", maintain_order=True)
        .join(latest, on="endpoint", how="inner", maintain_order="left")
        .join(entries, on=["dataset", "organisation"], how="left", maintain_order="left")
        .with_columns(
            unchanged_days=days_since(pl.col("unchanged_since"), material),
            entry_days=days_since(pl.col("newest_entry").str.to_date(strict=False), material),
            days_since_good=days_since(pl.col("succeeded_on"), material),
        )
        .with_columns(days=pl.max_horizontal("unchanged_days", "entry_days"))
        .filter(pl.col("days") > SOON_DAYS)
        .with_columns(state=pl.when(pl.col("days") > STALE_DAYS).then(pl.lit("stale")).otherwise(pl.lit("stale soon")))
        .with_columns(next_action=_next_action())
    )
    return with_name(rows, material).sort("days", "dataset", "name", "endpoint", descending=[True, False, False, False])


def _newest_entries(material: Material) -> pl.DataFrame:
    whose = material.organisations.select("organisation", organisation_entity="entity").drop_nulls()
    return (
        material.entities.join(whose, on="organisation_entity")
        .group_by("dataset", "organisation")
        .agg(newest_entry=pl.col("entry_date").max())
    )


def _next_action() -> pl.Expr:
    return (
        pl.when(pl.col("failing_since").is_not_null())
        .then(pl.lit("mend the endpoint first: it does not answer"))
        .when(pl.col("state") == "stale soon")
        .then(pl.lit("wait for this year's edition"))
        .otherwise(pl.lit("look for a newer file on the documentation page, or ask the publisher"))
    )


REPORT: Final = StandingReport(
    name="stale",
    title="Stale data",
    question="Whose data has not been renewed for a year?",
    decision="Where to look for a newer file, and whom to ask for one.",
    logic=(
        "Each organisation, dataset and endpoint that is collected and has ever answered. The data is as old as "
        "the time since the endpoint last gave another resource, or since the newest entry date of the "
        f"organisation's entities, whichever is longer. It is stale after {STALE_DAYS} days, and listed from "
        f"{SOON_DAYS}. The oldest comes first."
    ),
    columns={
        "dataset": "what is published",
        "organisation": "by whom, as a CURIE",
        "name": "what people call the organisation",
        "endpoint": "the hash of the endpoint",
        "endpoint_url": "its address",
        "state": "stale, or stale soon",
        "days": "how old it is: the longer of the two",
        "unchanged_since": "the night on which the resource that it gives was new",
        "unchanged_days": "days since then",
        "newest_entry": "the newest entry date of the organisation's entities",
        "entry_days": "days since then",
        "days_since_good": "days since the endpoint answered",
        "resource": "the hash of the resource",
        "documentation_url": "the page on which the publisher says where the data is",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure(
            "stale",
            "endpoints whose data is stale, once for each organisation and dataset",
            (pl.col("state") == "stale").sum(),
        ),
        Measure("stale soon", "endpoints whose data soon will be", (pl.col("state") == "stale soon").sum()),
    ),
    shown=("dataset", "name", "endpoint_url", "state", "days", "newest_entry", "unchanged_since", "next_action"),
)
