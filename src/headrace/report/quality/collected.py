"""What is collected now: each endpoint that has not ended, for whom and for which dataset."""

from typing import Final

import polars as pl

from headrace.report.quality.material import Material

TOLD: Final = ("tell the publisher", "propose retirement")
"""Actions of an endpoint that has failed for longer than a few bad nights."""

FAILING: Final = pl.col("action").is_in(TOLD)
"""Whether an endpoint counts as failing: one bad night is none."""


def collected(material: Material) -> pl.DataFrame:
    """Sources that have not ended, at endpoints that have not ended: columns of `sources` and `endpoints`."""
    today = material.today.isoformat()
    sources = material.sources.filter(~_ended(today)).drop("entry_date", "end_date")
    endpoints = material.endpoints.filter(~_ended(today)).drop("end_date")
    return sources.join(endpoints, on="endpoint", how="inner", maintain_order="left")


def with_name(frame: pl.DataFrame, material: Material) -> pl.DataFrame:
    """A frame with `name`, what people call its `organisation`, or each of several; its CURIE where nobody knows."""
    known = material.organisations.filter(pl.col("name").is_not_null()).unique("organisation", keep="first")
    name = pl.element().replace(known["organisation"], known["name"])
    return frame.with_columns(pl.col("organisation").str.split(";").list.eval(name).list.join(", ").alias("name"))


def days_since(day: pl.Expr, material: Material) -> pl.Expr:
    """Whole days from a day, a date or ISO text, until today."""
    return (pl.lit(material.today) - day).dt.total_days()


def published(material: Material) -> pl.DataFrame:
    """The publications that have not ended, one row for each organisation that publishes the resource."""
    return (
        material.publications.filter(pl.col("end_date").is_null())
        .with_columns(pl.col("organisation").str.split(";"))
        .explode("organisation")
    )


def _ended(today: str) -> pl.Expr:
    return pl.col("end_date").str.slice(0, 10).fill_null("9999") < today


def plain(column: str) -> pl.Expr:
    """The name in a column as far as it matters: small letters and digits."""
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
