"""Who is expected to publish what, and whether it arrives."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import FAILING, collected, days_since, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

REASONS: Final = ("statutory", "expected", "authoritative", "prospective", "encouraged", "alternative", "experimental")
"""Why data is expected, the strongest first."""

STATUSES: Final = ("failing", "never answered", "retired", "not added", "not asked yet", "faltering", "collected")
"""The most urgent first."""

_NEXT: Final = {
    "never answered": "check the address with the publisher",
    "retired": "find where the publisher has it now, and add that endpoint",
    "not added": "ask the publisher for the address of its data, and add it",
    "not asked yet": "wait for the night",
    "faltering": "wait: it has failed for a few nights only",
    "collected": "nothing",
}

_HERE: Final = ["organisation", "dataset"]

_SAID: Final = ("endpoint", "endpoint_url", "documentation_url")


def _make(material: Material) -> pl.DataFrame:
    """One row for each organisation and dataset that is expected.

    The best of several endpoints speaks for the provision: the one that answers, or else that has failed most shortly.
    """
    active = collected(material).sort(
        FAILING, "succeeded_on", "entry_date", descending=[False, True, True], nulls_last=True
    )
    counted = active.group_by(_HERE, maintain_order=True).agg(
        pl.col("endpoint").n_unique().cast(pl.Int64).alias("endpoints"),
        pl.col("endpoint").filter(FAILING).n_unique().cast(pl.Int64).alias("failing_endpoints"),
        pl.col("documentation_url").drop_nulls().first(),
        *(
            pl.col(name).first()
            for name in ("endpoint", "endpoint_url", "succeeded_on", "last_on", "failing_since", "reason", "action")
        ),
    )
    former = _former(material)
    rows = (
        _expected(material)
        .join(counted, on=_HERE, how="left", maintain_order="left")
        .join(former, on=_HERE, how="left", maintain_order="left", suffix="_before")
        .with_columns(pl.col("endpoints", "failing_endpoints").fill_null(0))
        .with_columns(status=_status())
        .with_columns(pl.coalesce(name, f"{name}_before").alias(name) for name in _SAID)
        .with_columns(
            days_since_good=days_since(pl.col("succeeded_on"), material),
            failing_days=days_since(pl.col("failing_since"), material),
            next_action=pl.when(pl.col("status") == "failing")
            .then(pl.col("action"))
            .otherwise(pl.col("status").replace_strict(_NEXT, default=None, return_dtype=pl.String)),
        )
    )
    urgency = pl.col("status").cast(pl.Enum(STATUSES)).to_physical()
    strength = pl.col("provision_reason").replace_strict(
        {reason: number for number, reason in enumerate(REASONS)}, default=len(REASONS), return_dtype=pl.Int64
    )
    done = pl.col("status") == "collected"
    order = [done, strength, urgency, pl.col("failing_days"), pl.col("dataset"), pl.col("name")]
    return with_name(rows, material).sort(order, descending=[False, False, False, True, False, False], nulls_last=True)


def _expected(material: Material) -> pl.DataFrame:
    today = material.today.isoformat()
    standing = material.provisions.filter(pl.col("end_date").str.slice(0, 10).fill_null("9999") >= today)
    here = standing.join(material.datasets.select("dataset"), on="dataset", how="semi", maintain_order="left")
    return here.unique(_HERE, keep="first", maintain_order=True).drop("end_date")


def _former(material: Material) -> pl.DataFrame:
    """The source that each organisation had last in each dataset, whether or not it has ended."""
    addresses = material.endpoints.select("endpoint", "endpoint_url").unique("endpoint", keep="first")
    told = material.sources.join(addresses, on="endpoint", how="left", maintain_order="left")
    latest = told.sort("end_date", "entry_date", nulls_last=True, maintain_order=True)
    return latest.group_by(_HERE, maintain_order=True).agg(pl.col(_SAID).last(), had=True)


def _status() -> pl.Expr:
    return (
        pl.when(pl.col("endpoints") == 0)
        .then(pl.when(pl.col("had").is_not_null()).then(pl.lit("retired")).otherwise(pl.lit("not added")))
        .when(pl.col("last_on").is_null())
        .then(pl.lit("not asked yet"))
        .when(pl.col("failing_since").is_null())
        .then(pl.lit("collected"))
        .when(pl.col("succeeded_on").is_null())
        .then(pl.lit("never answered"))
        .when(FAILING)
        .then(pl.lit("failing"))
        .otherwise(pl.lit("faltering"))
    )


REPORT: Final = StandingReport(
    name="provision-status",
    title="Status of provisions",
    question="Who is expected to publish what, and does it arrive?",
    decision="Whom to ask for data, and whom to tell that an address has stopped working.",
    logic=(
        "Every organisation and dataset that the specification expects and the release has, once. Its endpoints "
        "are those of sources that have not ended. Where several serve it, the one that answers speaks for it. An "
        "endpoint is failing from the night on which its publisher is told (7 days of failing unless set "
        "otherwise); until then it is faltering: one bad night is no failure. A provision is retired where all "
        "its sources have ended, and not added where it never had any. The strongest reason comes first, and the "
        "longest failing within it."
    ),
    columns={
        "dataset": "what is expected",
        "organisation": "who is expected to publish it, as a CURIE",
        "name": "what people call the organisation",
        "provision_reason": "why it is expected: " + ", ".join(REASONS),
        "project": "the project that expects it, if any",
        "cohort": "the part of the project",
        "status": ", ".join(STATUSES),
        "failing_days": "days since the first bad night after the last good one",
        "days_since_good": "days since a resource was given",
        "endpoints": "how many endpoints serve it now",
        "failing_endpoints": "how many of them have failed for longer than a few nights",
        "endpoint": "the hash of the endpoint that speaks for it; where it is retired, of the one it had last",
        "endpoint_url": "its address",
        "reason": "why it failed last, while it fails",
        "documentation_url": "the page on which the publisher says where the data is",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure("expected", "provisions that are expected", pl.len()),
        *(Measure(status, f"provisions that are {status}", (pl.col("status") == status).sum()) for status in STATUSES),
    ),
    shown=("dataset", "name", "provision_reason", "status", "failing_days", "endpoint_url", "next_action"),
)
