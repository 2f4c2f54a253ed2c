"""The list of issues that somebody asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.spec.specification import IssueType

LIST_SCHEMA: Final = pl.Schema(
    {
        "dataset": pl.String,
        "organisation": pl.String,
        "issue_type": pl.String,
        "severity": pl.String,
        "responsibility": pl.String,
        "field": pl.String,
        "value": pl.String,
        "reference": pl.String,
        "entity": pl.Int64,
        "line_number": pl.Int64,
        "entry_number": pl.Int64,
        "resource": pl.String,
        "message": pl.String,
        "first_seen": pl.String,
        "last_seen": pl.String,
        "age_days": pl.Int64,
        "issue": pl.String,
    }
)
"""One row for each place in which an issue is. `first_seen` and `last_seen` are nights, ISO; `age_days` is the days
from one to the other; `issue` is by what the issue is known from night to night."""


@dataclass(frozen=True, slots=True)
class IssueChoice:
    """Which issues are wanted; what is empty or None does not matter.

    Attributes:
        organisation: CURIE of one who publishes the resource.
        issue_type, field, severity, responsibility: as they are.
        min_age_days: seen first at least so many days before they were seen last.
    """

    organisation: str | None = None
    issue_type: str | None = None
    field: str | None = None
    severity: str | None = None
    responsibility: str | None = None
    min_age_days: int = 0

    def choose(self, issues: pl.DataFrame) -> pl.DataFrame:
        """The rows of a list of issues that are wanted."""
        chosen = issues.filter(pl.col("age_days").fill_null(0) >= self.min_age_days)
        if self.organisation is not None:
            chosen = chosen.filter(pl.col("organisation").str.split(";").list.contains(self.organisation))
        for name in ("issue_type", "field", "severity", "responsibility"):
            wanted = getattr(self, name)
            if wanted is not None:
                chosen = chosen.filter(pl.col(name) == wanted)
        return chosen


def make_issue_list(current: pl.DataFrame, history: pl.DataFrame, types: Mapping[str, IssueType]) -> pl.DataFrame:
    """`LIST_SCHEMA`, the longest known first.

    Args:
        current: `CURRENT_ISSUE_SCHEMA`.
        history: `HISTORY_SCHEMA`; an issue that it lacks has no nights.
        types: what the specification says of issue types; one that it lacks has no severity and is nobody's task.
    """
    kinds = pl.DataFrame(
        [(each.code, each.severity, each.responsibility) for each in types.values()],
        schema=dict.fromkeys(("issue_type", "severity", "responsibility"), pl.String),
        orient="row",
    )
    days = pl.col("last_seen").str.to_date() - pl.col("first_seen").str.to_date()
    return (
        current.join(kinds, on="issue_type", how="left", maintain_order="left")
        .join(history.select("issue", "first_seen", "last_seen"), on="issue", how="left", maintain_order="left")
        .with_columns(age_days=days.dt.total_days())
        .select(LIST_SCHEMA.names())
        .cast(LIST_SCHEMA)
        .sort("first_seen", nulls_last=True, maintain_order=True)
    )
