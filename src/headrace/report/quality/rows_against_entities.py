"""The rows that publishers supply against the entities that are published of them."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

CLOSE: Final = 0.02
"""A difference of this part of the rows, or less, is nothing to act on."""

_HERE: Final = ["dataset", "organisation"]


def _make(material: Material) -> pl.DataFrame:
    """Files that several organisations publish together are theirs together: nobody can say whose row it is."""
    supplied = (
        material.publications.filter(pl.col("end_date").is_null())
        .group_by(_HERE, maintain_order=True)
        .agg(
            resources=pl.len().cast(pl.Int64),
            rows=(pl.col("entry_count").fill_null(0) + pl.col("refused").fill_null(0)).sum(),
            refused=pl.col("refused").fill_null(0).sum(),
        )
    )
    unknown = (
        material.issues.filter(pl.col("issue_type") == "unknown entity")
        .group_by(_HERE)
        .agg(unknown_entities=pl.col("count").sum())
    )
    rows = (
        supplied.join(_owned(material, supplied), on=_HERE, how="full", coalesce=True)
        .join(unknown, on=_HERE, how="left")
        .with_columns(pl.col("resources", "rows", "refused", "entities", "unknown_entities").fill_null(0))
        .with_columns(
            difference=pl.col("rows") - pl.col("entities"),
            ratio=pl.when(pl.col("rows") > 0).then((pl.col("entities") / pl.col("rows")).round(3)),
        )
        .with_columns(close=pl.col("difference").abs() <= pl.col("rows") * CLOSE)
        .with_columns(next_action=_next_action())
    )
    return with_name(rows, material).sort(
        pl.col("close"),
        pl.col("difference").abs(),
        pl.col("dataset"),
        pl.col("organisation"),
        descending=[False, True, False, False],
        nulls_last=True,
    )


def _owned(material: Material, supplied: pl.DataFrame) -> pl.DataFrame:
    """How many entities there are of the organisations that publish together, and of the others each for itself."""
    whose = material.organisations.select("organisation", organisation_entity="entity").drop_nulls()
    owned = (
        material.entities.join(whose.unique("organisation_entity", keep="first"), on="organisation_entity")
        .group_by(_HERE)
        .agg(entities=pl.len().cast(pl.Int64))
    )
    together = supplied.select("dataset", "organisation", member=pl.col("organisation").str.split(";")).explode(
        "member"
    )
    counted = together.join(owned, left_on=["dataset", "member"], right_on=_HERE, how="inner")
    of_publishers = counted.group_by(_HERE).agg(pl.col("entities").sum())
    others = owned.join(together, left_on=_HERE, right_on=["dataset", "member"], how="anti")
    return pl.concat([of_publishers, others.select(of_publishers.columns)])


def _next_action() -> pl.Expr:
    return (
        pl.when(pl.col("close"))
        .then(pl.lit("nothing"))
        .when(pl.col("rows") == 0)
        .then(pl.lit("find out who says these: no file of the organisation is published"))
        .when(pl.col("unknown_entities") * 2 >= pl.col("difference").abs())
        .then(pl.format("assign entities to {} references", pl.col("unknown_entities")))
        .when(pl.col("difference") < 0)
        .then(pl.lit("see the entities deleted: more are published than the files have rows"))
        .when(pl.col("refused") * 2 >= pl.col("difference"))
        .then(pl.lit("see why rows are refused"))
        .otherwise(pl.lit("look for rows that share a reference, and for files that say the same"))
    )


REPORT: Final = StandingReport(
    name="rows-against-entities",
    title="Resource rows against platform entities",
    question="Is what publishers supply what is published: are rows lost, or entities doubled?",
    decision="Where to look for what was lost on the way.",
    logic=(
        "Rows are the records of the resources that are published now: those that became facts and those that "
        "were refused. Entities are those of the release that belong to the organisation; where several publish a "
        f"file together, they are counted together. A difference of {CLOSE:.0%} of the rows or less is nothing to "
        "act on. The largest difference comes first."
    ),
    columns={
        "dataset": "what is compared",
        "organisation": "who publishes the files, as CURIEs joined by `;`",
        "name": "what people call it",
        "resources": "how many files are published",
        "rows": "how many records they have",
        "refused": "how many of those did not become facts",
        "unknown_entities": "how many of those wait for an entity",
        "entities": "how many entities there are of the organisation",
        "difference": "rows − entities",
        "ratio": "entities ÷ rows",
        "close": "whether the difference is nothing to act on",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure("rows", "records in the resources that are published", pl.col("rows").sum()),
        Measure("entities", "entities of the organisations", pl.col("entities").sum()),
        Measure("refused", "records that did not become facts", pl.col("refused").sum()),
    ),
    shown=("dataset", "name", "rows", "refused", "unknown_entities", "entities", "difference", "ratio", "next_action"),
)
