"""The issues of what is published now: whose they are, and by what they are known from night to night."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

import polars as pl

IDENTITY: Final = ("dataset", "publisher", "field", "issue_type", "value", "reference")
"""What makes two issues of two nights the same: not the file, nor the number of the record, which may both change."""

CURRENT_ISSUE_SCHEMA: Final = pl.Schema(
    {
        "issue": pl.String,
        "dataset": pl.String,
        "publisher": pl.String,
        "organisation": pl.String,
        "field": pl.String,
        "issue_type": pl.String,
        "value": pl.String,
        "reference": pl.String,
        "entity": pl.Int64,
        "resource": pl.String,
        "line_number": pl.Int64,
        "entry_number": pl.Int64,
        "message": pl.String,
    }
)
"""Issues of the resources that are still published. `issue` is the hash of the identity, 32 hexadecimal characters;
`organisation` has the CURIEs of those who publish the resource, joined by `;`, null where nobody is known;
`publisher` is the same, or the hashes of the endpoints where it is null; `reference` is that of the entry, null where
it has none."""

PUBLISHER_SCHEMA: Final = pl.Schema(
    dict.fromkeys(("resource", "organisation", "endpoint", "url", "start_date", "end_date"), pl.String)
)
"""Who publishes a resource, and when. `organisation` has CURIEs joined by `;`, null where nobody is known; `endpoint`
has hashes joined by `;`, and `url` their addresses, one a line; `start_date` and `end_date` are the ISO nights on which
the resource was seen first and last, `end_date` being null while it is still published."""


def find_current_issues(
    tables: Mapping[str, pl.DataFrame], unknown: pl.DataFrame, publishers: pl.DataFrame
) -> pl.DataFrame:
    """The issues of `CURRENT_ISSUE_SCHEMA`, in the order of the table of issues.

    Args:
        tables: the tables `issue`, `fact` and `fact_resource` of a dataset.
        unknown: `UNKNOWN_SCHEMA` and `resource`: entries that no entity is known of, which have no facts.
        publishers: `PUBLISHER_SCHEMA`, one row for each resource.
    """
    of_entry = ["resource", "entry_number"]
    current = publishers.filter(pl.col("end_date").is_null()).select("resource", "organisation", "endpoint")
    said = (
        tables["issue"]
        .join(current, on="resource", how="inner", maintain_order="left")
        .join(_references(tables, unknown), on=of_entry, how="left", maintain_order="left")
        .with_columns(publisher=pl.coalesce("organisation", "endpoint"))
    )
    keys = said.select(IDENTITY).unique(maintain_order=True)
    named = keys.with_columns(pl.Series("issue", [_name(row) for row in keys.iter_rows()], pl.String))
    return (
        said.join(named, on=IDENTITY, how="left", nulls_equal=True, maintain_order="left")
        .select(CURRENT_ISSUE_SCHEMA.names())
        .cast(CURRENT_ISSUE_SCHEMA)
    )


def _references(tables: Mapping[str, pl.DataFrame], unknown: pl.DataFrame) -> pl.DataFrame:
    """The reference of each entry that has one: `resource`, `entry_number`, `reference`."""
    stated = tables["fact"].filter(pl.col("field") == "reference").select("fact", reference="value")
    known = tables["fact_resource"].join(stated, on="fact").select("resource", "entry_number", "reference")
    others = unknown.select("resource", pl.col("entry").cast(pl.Int64).alias("entry_number"), "reference")
    return pl.concat([known, others]).unique(["resource", "entry_number"], keep="first", maintain_order=True)


def _name(identity: tuple[str | None, ...]) -> str:
    return sha256("\x1f".join("" if part is None else part for part in identity).encode()).hexdigest()[:32]
