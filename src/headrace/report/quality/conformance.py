"""How far what publishers supply follows the specification."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import plain, published, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

GIVEN: Final = ("entity", "prefix", "organisation")
"""Fields that are filled in for the publisher."""

_OF: Final = ["dataset", "resource"]


def _make(material: Material) -> pl.DataFrame:
    asked = _asked(material)
    current = published(material).filter(pl.col("unread").is_null())
    supplied = _supplied(material).join(asked, on=["dataset", "field"], how="semi")
    erroneous = _erroneous(material).with_columns(erroneous=True)
    told = (
        supplied.join(erroneous, on=[*_OF, "field"], how="left")
        .group_by(_OF)
        .agg(
            supplied=pl.len().cast(pl.Int64),
            matched=pl.col("matched").sum().cast(pl.Int64),
            with_errors=pl.col("erroneous").sum().cast(pl.Int64),
        )
    )
    fields = asked.group_by("dataset").agg(fields=pl.len().cast(pl.Int64))
    pairs = current.select(_OF).unique().join(asked, on="dataset")
    missing = pairs.join(supplied, on=[*_OF, "field"], how="anti").sort("field")
    lacking = missing.group_by(_OF).agg(missing_fields=pl.col("field").str.join(", "))
    rows = (
        current.join(fields, on="dataset", how="inner", maintain_order="left")
        .join(told, on=_OF, how="left", maintain_order="left")
        .join(lacking, on=_OF, how="left", maintain_order="left")
        .with_columns(pl.col("supplied", "matched", "with_errors").fill_null(0))
        .with_columns(error_free=pl.col("supplied") - pl.col("with_errors"))
        .with_columns(
            (pl.col(name) / pl.col("fields")).round(3).alias(f"{name}_share")
            for name in ("supplied", "matched", "error_free")
        )
        .with_columns(next_action=_next_action())
    )
    named = with_name(_with_address(rows, material), material)
    return named.sort("error_free_share", "supplied_share", "dataset", "name", "resource")


def _asked(material: Material) -> pl.DataFrame:
    """The fields that a publisher is asked for: `dataset`, `field`."""
    return material.fields.filter(~pl.col("field").is_in(GIVEN) & (pl.col("field") != pl.col("dataset"))).unique()


def _supplied(material: Material) -> pl.DataFrame:
    """Each field that a column was read as, or whose place a field takes that was: `matched` where it has its name."""
    claims = material.columns.filter(pl.col("field").is_not_null()).select(
        *_OF, pl.col("field"), matched=plain("column") == plain("field")
    )
    step = material.replacements.select("dataset", "field", "replacement_field").unique()
    own, everywhere = (
        step.filter(pl.col("dataset").is_not_null()),
        step.filter(pl.col("dataset").is_null()).drop("dataset"),
    )
    reached = [claims]
    for _ in range(2):  # an old name, the field that took its place, and the field made of that
        last = reached[-1]
        moved = [last.join(own, on=["dataset", "field"]), last.join(everywhere, on="field")]
        reached.append(
            pl.concat([each.select(*_OF, pl.col("replacement_field").alias("field"), "matched") for each in moved])
        )
    return pl.concat(reached).group_by(*_OF, "field").agg(pl.col("matched").any())


def _erroneous(material: Material) -> pl.DataFrame:
    grave = material.issue_types.filter(pl.col("severity").is_in(["critical", "error"])).select("issue_type")
    wrong = material.issues.join(grave, on="issue_type", how="semi").select(*_OF, "field").drop_nulls().unique()
    step = material.replacements.select("dataset", "field", "replacement_field")
    own = step.filter(pl.col("dataset").is_not_null())
    moved = wrong.join(own, on=["dataset", "field"]).select(*_OF, pl.col("replacement_field").alias("field"))
    return pl.concat([wrong, moved]).unique()


def _with_address(rows: pl.DataFrame, material: Material) -> pl.DataFrame:
    """Rows with the first of the endpoints that serve the resource, and its address."""
    addresses = material.endpoints.select("endpoint", "endpoint_url").unique("endpoint", keep="first")
    first = rows.with_columns(pl.col("endpoint").str.split(";").list.first())
    return first.join(addresses, on="endpoint", how="left", maintain_order="left")


def _next_action() -> pl.Expr:
    return (
        pl.when(pl.col("supplied") == 0)
        .then(pl.lit("map its columns: none was read as a field that is asked for"))
        .when(pl.col("with_errors") > 0)
        .then(pl.lit("tell the publisher what is wrong"))
        .when(pl.col("missing_fields").is_not_null())
        .then(pl.lit("ask the publisher for the fields that are missing"))
        .otherwise(pl.lit("nothing"))
    )


REPORT: Final = StandingReport(
    name="conformance",
    title="Conformance to specification",
    question="How many of the fields asked for does each file supply, under their names, and without an error?",
    decision="Which publishers to help first, and where columns still have to be mapped.",
    logic=(
        "One row for each resource that is published and could be read, and each organisation that publishes it. "
        "Asked for are the fields of the dataset that have not ended, without those that are filled in for the "
        f"publisher ({', '.join(GIVEN)}) and without the dataset's own name. A field is supplied where a column "
        "was read as it, or as an older field whose place it takes; it matches where the column has the name of "
        "the field, capitals and punctuation aside; it has errors where an issue of severity error is in it. "
        "Shares are of the fields asked for. The least error-free comes first."
    ),
    columns={
        "dataset": "what the file is published in",
        "organisation": "who publishes it, as a CURIE",
        "name": "what people call the organisation",
        "endpoint": "the hash of the endpoint that serves it",
        "endpoint_url": "its address",
        "resource": "the hash of its bytes",
        "fields": "how many fields are asked for",
        "supplied": "how many of them it supplies",
        "matched": "how many of those under their own name, without a mapping",
        "with_errors": "how many of those supplied have an issue of severity error",
        "error_free": "how many of those supplied have none",
        "supplied_share": "supplied ÷ fields",
        "matched_share": "matched ÷ fields",
        "error_free_share": "error_free ÷ fields",
        "missing_fields": "the fields that it does not supply",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure("files", "resources that are published and could be read", pl.col("resource").n_unique()),
        Measure(
            "supplied share",
            "mean share of the fields that is supplied",
            pl.col("supplied_share").mean(),
            is_share=True,
        ),
        Measure(
            "matched share",
            "mean share that is supplied under its own name",
            pl.col("matched_share").mean(),
            is_share=True,
        ),
        Measure(
            "error-free share",
            "mean share that is supplied without an error",
            pl.col("error_free_share").mean(),
            is_share=True,
        ),
    ),
    shown=("dataset", "name", "supplied_share", "matched_share", "error_free_share", "missing_fields", "next_action"),
)
