"""Endpoints that give a new version night after night."""

from datetime import timedelta
from typing import Final

import polars as pl

from headrace.report.quality.collected import collected, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

WEEK: Final = 7
MONTH: Final = 30
MANY: Final = 20
"""More versions than this in a month is a runaway."""

LISTED: Final = 5
"""Endpoints with fewer versions than this are not listed."""


def _make(material: Material) -> pl.DataFrame:
    week = material.today - timedelta(days=WEEK)
    month = material.today - timedelta(days=MONTH)
    counted = material.answers.group_by("endpoint").agg(
        resources=pl.len().cast(pl.Int64),
        contents=pl.coalesce("content", "resource").n_unique().cast(pl.Int64),
        single_night_resources=(pl.col("first_on") == pl.col("last_on")).sum().cast(pl.Int64),
        first_on=pl.col("first_on").min(),
        latest_on=pl.col("first_on").max(),
        answered_on=pl.col("last_on").max(),
        new_in_week=(pl.col("first_on") > week).sum().cast(pl.Int64),
        new_in_month=(pl.col("first_on") > month).sum().cast(pl.Int64),
    )
    whose = (
        collected(material)
        .group_by("endpoint", "endpoint_url", maintain_order=True)
        .agg(pl.col("dataset").unique().sort().str.join(";"), pl.col("organisation").unique().sort().str.join(";"))
    )
    rows = (
        whose.join(counted, on="endpoint", how="inner", maintain_order="left")
        .filter(pl.col("resources") >= LISTED)
        .with_columns(
            share=(pl.col("resources") / pl.col("resources").sum()).round(3),
            runaway=(pl.col("new_in_week") >= WEEK) | (pl.col("new_in_month") > MANY),
            only_bytes=pl.col("resources") - pl.col("contents"),
        )
        .with_columns(next_action=_next_action())
    )
    return with_name(rows, material).sort(
        "runaway", "new_in_month", "resources", "endpoint_url", descending=[True, True, True, False]
    )


def _next_action() -> pl.Expr:
    return (
        pl.when(~pl.col("runaway"))
        .then(pl.lit("nothing"))
        .when(pl.col("only_bytes") * 2 >= pl.col("resources"))
        .then(pl.lit("nothing: only the bytes change, and such versions are not processed again"))
        .otherwise(pl.lit("compare two versions; name the column that changes as volatile, or ask the publisher"))
    )


REPORT: Final = StandingReport(
    name="runaway",
    title="Runaway resources",
    question="Which endpoints give a new version every night, and does the data change at all?",
    decision="Where to have a time stamp left out, so that nothing is processed for nothing.",
    logic=(
        f"Endpoints that are collected and have given {LISTED} or more different resources. One runs away where "
        f"each of the last {WEEK} nights brought a new one, or more than {MANY} came in {MONTH} nights. Contents "
        "are what the resources say, without time stamps and the order of rows: where they are fewer than the "
        "resources, only bytes have changed. The runaways come first, the fastest of them at the top."
    ),
    columns={
        "dataset": "what the endpoint serves, joined by `;`",
        "organisation": "for whom, as CURIEs joined by `;`",
        "name": "what people call it",
        "endpoint": "the hash of the endpoint",
        "endpoint_url": "its address",
        "runaway": "whether it gives a new version night after night",
        "resources": "how many different resources it has given",
        "contents": "how many different things they say",
        "only_bytes": "versions in which only bytes had changed",
        "single_night_resources": "resources that were given on one night only",
        "new_in_week": f"new resources in the last {WEEK} nights",
        "new_in_month": f"new resources in the last {MONTH} nights",
        "first_on": "the night of the first",
        "latest_on": "the night of the newest",
        "answered_on": "the night of the last good answer",
        "share": "its share of the versions of all endpoints listed",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure(
            "runaways",
            "endpoints that give a new version night after night",
            pl.col("endpoint").filter(pl.col("runaway")).n_unique(),
        ),
        Measure(
            "versions in a month", "new resources in 30 nights, of the endpoints listed", pl.col("new_in_month").sum()
        ),
    ),
    shown=("dataset", "name", "endpoint_url", "runaway", "resources", "contents", "new_in_month", "next_action"),
)
