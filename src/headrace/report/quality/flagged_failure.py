"""Files that are collected and cannot be read."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import days_since, published, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

KINDS: Final = (
    (
        "document",
        r"(?i)\bpdf\b|\bword\b|document|\.docx?$",
        "ask for the data behind the document, and retire the endpoint",
    ),
    ("web page", r"(?i)html|web page", "look for the file that the page links to, and add that address"),
    (
        "service error",
        r"(?i)exception|error|wfs|service",
        "check the address of the service, its layer and its parameters",
    ),
    ("archive", r"(?i)zip|archive|compress|encrypt|password", "ask for the file without an archive around it"),
    ("empty", r"(?i)empty|nothing|no rows|no table|blank", "tell the publisher that the file is empty"),
)
"""Kind, what its reason or format says, and what to do; the first that fits."""

OTHER: Final = ("other", "look at the file, and tell the publisher why it cannot be read")


def _make(material: Material) -> pl.DataFrame:
    addresses = material.endpoints.select("endpoint", "endpoint_url").unique("endpoint", keep="first")
    said = pl.concat_str("unread", pl.col("mime_type").fill_null(""), separator=" ")
    kind, action = pl.lit(OTHER[0]), pl.lit(OTHER[1])
    for name, pattern, todo in reversed(KINDS):
        kind = pl.when(said.str.contains(pattern)).then(pl.lit(name)).otherwise(kind)
        action = pl.when(said.str.contains(pattern)).then(pl.lit(todo)).otherwise(action)
    rows = (
        published(material)
        .filter(pl.col("unread").is_not_null())
        .with_columns(pl.col("endpoint").str.split(";").list.first())
        .join(addresses, on="endpoint", how="left", maintain_order="left")
        .with_columns(
            days=days_since(pl.col("start_date").str.to_date(strict=False), material), kind=kind, next_action=action
        )
    )
    return with_name(rows, material).sort(
        "days", "dataset", "name", "resource", descending=[True, False, False, False], nulls_last=True
    )


REPORT: Final = StandingReport(
    name="flagged-failures",
    title="Files that cannot be read",
    question="Which files are collected every night and give nothing, because they cannot be read?",
    decision="Which endpoints to retire, and which files the publisher can mend.",
    logic=(
        "Each resource that is published now and could not be read as a table, with the reason. Its kind is found "
        "from the reason and the format: document, web page, service error, archive, empty, other. The longest "
        "published comes first."
    ),
    columns={
        "dataset": "what it should be",
        "organisation": "who publishes it, as a CURIE",
        "name": "what people call the organisation",
        "endpoint": "the hash of the endpoint that serves it",
        "endpoint_url": "its address",
        "resource": "the hash of its bytes",
        "kind": "document, web page, service error, archive, empty or other",
        "unread": "why it cannot be read",
        "mime_type": "the format that it seems to be",
        "start_date": "the night on which it was seen first",
        "days": "days since then",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        Measure("unread files", "resources that are published and cannot be read", pl.col("resource").n_unique()),
    ),
    shown=("dataset", "name", "endpoint_url", "kind", "unread", "days", "next_action"),
)
