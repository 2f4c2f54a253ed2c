"""Sources of which nobody knows on which page the publisher describes them, or under which licence they are."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import FAILING, collected, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport


def _make(material: Material) -> pl.DataFrame:
    """One row for each source: it says one documentation page, however many datasets it serves."""
    of_source = ["source", "endpoint", "organisation"]
    rows = (
        collected(material)
        .group_by(of_source, maintain_order=True)
        .agg(
            pl.col("dataset").unique().sort().str.join(";"),
            *(pl.col(name).first() for name in ("endpoint_url", "documentation_url", "licence", "entry_date")),
            failing=FAILING.first().fill_null(value=False),
        )
        .with_columns(
            missing=pl.when(pl.col("documentation_url").is_null() & pl.col("licence").is_null())
            .then(pl.lit("documentation page and licence"))
            .when(pl.col("documentation_url").is_null())
            .then(pl.lit("documentation page"))
            .when(pl.col("licence").is_null())
            .then(pl.lit("licence"))
        )
        .filter(pl.col("missing").is_not_null())
        .with_columns(
            next_action=pl.when(pl.col("failing") & pl.col("documentation_url").is_null())
            .then(pl.lit("find the page: the endpoint fails, and it would say where the data is now"))
            .when(pl.col("documentation_url").is_null())
            .then(pl.lit("ask the publisher for the page that links to the file"))
            .otherwise(pl.lit("ask the publisher for the licence"))
        )
    )
    return with_name(rows, material).sort(
        "failing",
        pl.col("documentation_url").is_null(),
        "dataset",
        "name",
        "endpoint",
        descending=[True, True, False, False, False],
    )


REPORT: Final = StandingReport(
    name="documentation-gap",
    title="Missing documentation URLs",
    question="Which sources name no page that describes them, or no licence?",
    decision="Whom to ask for the page; without it nobody finds where data went when its address stops working.",
    logic=(
        "Each source that has not ended, once, whatever number of datasets it serves. Listed where it has no "
        "documentation URL, or no licence. Those whose endpoint fails come first: they need the page now."
    ),
    columns={
        "dataset": "what the source serves, joined by `;`",
        "organisation": "who publishes it, as a CURIE",
        "name": "what people call the organisation",
        "source": "the hash of the source",
        "endpoint": "the hash of the endpoint",
        "endpoint_url": "its address",
        "missing": "documentation page, licence, or both",
        "documentation_url": "the page, where it is the licence that is missing",
        "licence": "the licence, where it is the page that is missing",
        "failing": "whether the endpoint has failed for longer than a few nights",
        "entry_date": "when the endpoint was added",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure(
            "without a page",
            "sources without a documentation URL",
            (pl.col("missing").str.starts_with("documentation")).sum(),
        ),
        Measure("without a licence", "sources without a licence", pl.col("missing").str.ends_with("licence").sum()),
    ),
    shown=("dataset", "name", "endpoint_url", "missing", "failing", "next_action"),
)
