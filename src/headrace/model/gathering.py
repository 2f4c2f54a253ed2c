"""What the results of some resources of one dataset say of the resources themselves, table by table."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from headrace.model.result import ResultSummary


@dataclass(frozen=True, slots=True)
class Gathering:
    """What there is to assemble the tables of resources from.

    Attributes:
        summaries: one for each resource.
        issues: `ISSUE_SCHEMA`, `entity` (Int64) and `resource`.
        refused: `REFUSED_SCHEMA` and `resource`.
        claims: `CLAIM_SCHEMA` and `resource`.
        unknown: `UNKNOWN_SCHEMA` and `resource`.
    """

    summaries: Sequence[ResultSummary]
    issues: pl.DataFrame
    refused: pl.DataFrame
    claims: pl.DataFrame
    unknown: pl.DataFrame
