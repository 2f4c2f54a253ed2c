"""Endpoints that are collected though nobody is expected to publish there."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import collected, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

_HERE: Final = ["organisation", "dataset"]


def _make(material: Material) -> pl.DataFrame:
    known = material.organisations.select("organisation")
    of_nobody = collected(material).join(material.provisions.select(_HERE), on=_HERE, how="anti", maintain_order="left")
    unexpected = of_nobody.with_columns(
        why=pl.when(pl.col("organisation").is_null() | ~pl.col("organisation").is_in(known["organisation"].implode()))
        .then(pl.lit("no such organisation"))
        .otherwise(pl.lit("no provision"))
    )
    rows = pl.concat([unexpected.select(*_SAID, "why"), _left_over(material)]).with_columns(
        next_action=pl.col("why").replace_strict(
            {
                "no such organisation": "name the organisation in source.csv as organisation.csv does",
                "no provision": "add a provision rule, or put the source right",
                "source ended": "end the endpoint too: it is asked every night for a source that has ended",
            },
            return_dtype=pl.String,
        )
    )
    return with_name(rows, material).sort("why", "dataset", "name", "endpoint")


_SAID: Final = ("source", "organisation", "dataset", "endpoint", "endpoint_url")


def _left_over(material: Material) -> pl.DataFrame:
    """Endpoints that have not ended though every source that names them has."""
    served = collected(material).select("endpoint")
    today = material.today.isoformat()
    open_ = material.endpoints.filter(pl.col("end_date").str.slice(0, 10).fill_null("9999") >= today)
    left = material.sources.join(open_.select("endpoint", "endpoint_url"), on="endpoint").join(
        served, on="endpoint", how="anti"
    )
    return left.select(*_SAID, pl.lit("source ended").alias("why"))


REPORT: Final = StandingReport(
    name="unexpected-endpoints",
    title="Endpoints without a provision",
    question="Which endpoints are asked every night though nobody is expected to publish there?",
    decision="Whether the configuration or the provision is wrong.",
    logic=(
        "Sources that have not ended whose organisation and dataset are no provision, or whose organisation is in "
        "no list; and endpoints that have not ended though all their sources have."
    ),
    columns={
        "dataset": "what the source serves",
        "organisation": "for whom, as a CURIE",
        "name": "what people call the organisation",
        "why": "no provision, no such organisation, or source ended",
        "source": "the hash of the source",
        "endpoint": "the hash of the endpoint",
        "endpoint_url": "its address",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure(
            "no provision",
            "endpoints without a provision",
            pl.col("endpoint").filter(pl.col("why") == "no provision").n_unique(),
        ),
        Measure(
            "no such organisation",
            "endpoints of nobody",
            pl.col("endpoint").filter(pl.col("why") == "no such organisation").n_unique(),
        ),
        Measure(
            "source ended",
            "endpoints whose sources have all ended",
            pl.col("endpoint").filter(pl.col("why") == "source ended").n_unique(),
        ),
    ),
    shown=("dataset", "name", "why", "endpoint_url", "next_action"),
)
