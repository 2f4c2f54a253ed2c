"""Entities that lie in the same place."""

from typing import Final

import polars as pl

from headrace.report.quality.entity_details import PAIR, failed, with_entity, with_organisation
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

OPERATIONS: Final = ("duplicate_geometry_check", "check_duplicate_geometry")

KINDS: Final = {"complete_matches": "the same", "single_matches": "one covers the other"}

_DETAILS: Final = pl.Struct({name: pl.List(PAIR) for name in KINDS})


def _make(material: Material) -> pl.DataFrame:
    details = failed(material, OPERATIONS).select(
        "dataset", pl.col("details").str.json_decode(_DETAILS).struct.unnest()
    )
    pairs = pl.concat(
        [
            details.select("dataset", pl.col(kind).alias("pair"), pl.lit(words).alias("match"))
            .explode("pair")
            .drop_nulls("pair")
            .unnest("pair")
            for kind, words in KINDS.items()
        ]
    ).unique(["dataset", "entity_a", "entity_b"], keep="first", maintain_order=True)
    rows = pairs.drop("organisation_entity_a", "organisation_entity_b")
    for side in ("_a", "_b"):
        rows = with_organisation(with_entity(rows, material, side), material, side)
    return rows.with_columns(
        organisation=pl.concat_str("organisation_a", "organisation_b", separator=";", ignore_nulls=True),
        next_action=pl.when(pl.col("organisation_a").eq_missing(pl.col("organisation_b")))
        .then(pl.lit("ask the publisher which of the two stays; redirect the other (301)"))
        .when(pl.col("quality_a") == "authoritative")
        .then(pl.lit("redirect b to a, which comes from the authority (301)"))
        .when(pl.col("quality_b") == "authoritative")
        .then(pl.lit("redirect a to b, which comes from the authority (301)"))
        .otherwise(pl.lit("decide which of the two stays; redirect the other (301)")),
    ).sort(pl.col("match") != "the same", "dataset", "entity_a", "entity_b")


REPORT: Final = StandingReport(
    name="duplicate-entities",
    title="Entities duplicated",
    question="Which entities lie in the same place?",
    decision="Which entity to redirect to which other.",
    logic=(
        "The pairs that the expectation of duplicate geometries found: complete matches, where both share more "
        "than 95% of their area, and single ones, where this is so for one of them. Pairs that merely overlap are "
        "not listed. Complete matches come first."
    ),
    columns={
        "dataset": "what both are in",
        "organisation": "whose they are, as CURIEs joined by `;`",
        "match": "the same, or one covers the other",
        "entity_a": "the number of the one",
        "reference_a": "its reference",
        "name_a": "its name",
        "organisation_name_a": "whose it is",
        "quality_a": "authoritative or some",
        "entity_b": "the number of the other",
        "reference_b": "its reference",
        "name_b": "its name",
        "organisation_name_b": "whose it is",
        "quality_b": "authoritative or some",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure("the same", "pairs that are the same", (pl.col("match") == "the same").sum()),
        Measure("covered", "pairs of which one covers the other", (pl.col("match") != "the same").sum()),
    ),
    shown=(
        "dataset",
        "match",
        "entity_a",
        "name_a",
        "organisation_name_a",
        "entity_b",
        "name_b",
        "organisation_name_b",
        "next_action",
    ),
)
