"""What is wrong in the data, counted by kind."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import days_since, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

SEVERITIES: Final = ("critical", "error", "warning", "notice", "info")
"""The gravest first."""

_GRAVITY: Final = {severity: number for number, severity in enumerate(SEVERITIES)}


def _make(material: Material) -> pl.DataFrame:
    rows = (
        material.issues.group_by("dataset", "organisation", "issue_type", "field", maintain_order=True)
        .agg(
            pl.col("count").sum(),
            pl.col("resource").n_unique().cast(pl.Int64).alias("resources"),
            pl.col("first_seen").min(),
        )
        .join(
            material.issue_types.select("issue_type", "severity", "responsibility"),
            on="issue_type",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            age_days=days_since(pl.col("first_seen").str.to_date(), material),
            next_action=_next_action(),
        )
    )
    gravity = pl.col("severity").replace_strict(_GRAVITY, default=len(SEVERITIES), return_dtype=pl.Int64)
    order = [gravity, pl.col("count"), pl.col("dataset"), pl.col("organisation"), pl.col("issue_type"), pl.col("field")]
    return with_name(rows, material).sort(order, descending=[False, True, False, False, False, False], nulls_last=True)


def _next_action() -> pl.Expr:
    is_grave = pl.col("severity").is_in(("critical", "error", "warning"))
    return (
        pl.when(pl.col("issue_type") == "unknown entity")
        .then(pl.lit("assign entities to the references"))
        .when(~is_grave.fill_null(value=False))
        .then(pl.lit("nothing: it was put right, or is for information"))
        .when(pl.col("responsibility") == "external")
        .then(pl.lit("tell the publisher, with the guidance"))
        .otherwise(pl.lit("put the configuration right"))
    )


def _counted(condition: pl.Expr) -> pl.Expr:
    return pl.col("count").filter(condition).sum()


REPORT: Final = StandingReport(
    name="issues",
    title="Issues by type",
    question="What is wrong in the data, how often, and whose task is it?",
    decision="What to tell which publisher, and what to put right in the configuration.",
    logic=(
        "The issues of the resources that are published now, counted by dataset, publisher, type and field. "
        "Severity and responsibility are the specification's. The age is that of the one that is known longest: "
        "an issue is the same from night to night where dataset, publisher, field, type, value and reference are. "
        "The gravest comes first, and the most frequent within it."
    ),
    columns={
        "dataset": "where the issues are",
        "organisation": "who publishes the resources, as CURIEs joined by `;`",
        "name": "what people call it",
        "issue_type": "the kind of issue; it leads to its guidance",
        "field": "the field in which it is",
        "severity": "critical, error, warning, notice or info",
        "responsibility": "external: the publisher's task; internal: ours",
        "count": "how many there are",
        "resources": "in how many resources",
        "first_seen": "the night on which the one known longest was seen first",
        "age_days": "days since then",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure(
            "errors", "issues of severity error or critical", _counted(pl.col("severity").is_in(["critical", "error"]))
        ),
        Measure("warnings", "issues of severity warning", _counted(pl.col("severity") == "warning")),
        Measure("notices", "issues of severity notice", _counted(pl.col("severity") == "notice")),
        Measure("info", "issues of severity info", _counted(pl.col("severity") == "info")),
        Measure("external", "issues that are the publishers' task", _counted(pl.col("responsibility") == "external")),
        Measure("internal", "issues that are our task", _counted(pl.col("responsibility") == "internal")),
    ),
    shown=("dataset", "name", "issue_type", "field", "severity", "count", "age_days", "next_action"),
)
