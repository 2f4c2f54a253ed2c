"""Organisations that are no more and still have entities or endpoints."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import collected
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

_HERE: Final = ["dataset", "organisation"]


def _make(material: Material) -> pl.DataFrame:
    today = material.today.isoformat()
    ended = material.organisations.filter(pl.col("end_date").str.slice(0, 10) < today).rename({"end_date": "ended_on"})
    owned = (
        material.entities.filter(pl.col("end_date").is_null())
        .join(ended, left_on="organisation_entity", right_on="entity")
        .group_by(_HERE)
        .agg(entities=pl.len().cast(pl.Int64))
    )
    served = (
        collected(material)
        .join(ended.select("organisation"), on="organisation", how="semi")
        .group_by(_HERE)
        .agg(endpoints=pl.col("endpoint").n_unique().cast(pl.Int64), endpoint=pl.col("endpoint").sort().first())
    )
    return (
        owned.join(served, on=_HERE, how="full", coalesce=True)
        .join(ended.unique("organisation", keep="first"), on="organisation")
        .with_columns(pl.col("entities", "endpoints").fill_null(0))
        .with_columns(
            next_action=pl.when(pl.col("endpoints") > 0)
            .then(pl.lit("move its endpoints to the organisation that followed, or end them; then its entities"))
            .otherwise(pl.lit("move its entities to the organisation that followed"))
        )
        .sort("endpoints", "entities", "dataset", "organisation", descending=[True, True, False, False])
    )


REPORT: Final = StandingReport(
    name="ended-organisations",
    title="Ended organisations",
    question="Which organisations are no more and still have entities or endpoints?",
    decision="What to move to the organisation that followed after a reorganisation.",
    logic=(
        "Organisations whose end date has passed, with the entities of theirs that have not ended and the "
        "endpoints that are still collected for them, by dataset. Those with endpoints come first: they still "
        "bring data in under the old name."
    ),
    columns={
        "dataset": "what is left",
        "organisation": "whose it was, as a CURIE",
        "name": "what people called it",
        "ended_on": "when it ended",
        "entities": "entities that are still its own",
        "endpoints": "endpoints that are still collected for it",
        "endpoint": "the hash of the first of them",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure("entities", "entities of organisations that are no more", pl.col("entities").sum()),
        Measure("endpoints", "endpoints that are collected for them", pl.col("endpoints").sum()),
    ),
    shown=("dataset", "name", "ended_on", "entities", "endpoints", "next_action"),
)
