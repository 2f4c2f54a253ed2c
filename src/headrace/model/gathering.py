"""The results of many resources of one dataset, table by table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.model.fact import FACT_SCHEMA
from headrace.model.issue import CLAIM_SCHEMA, ISSUE_SCHEMA, REFUSED_SCHEMA, UNKNOWN_SCHEMA
from headrace.model.result import ResultSummary


@dataclass(frozen=True, slots=True)
class Gathering:
    """What there is to assemble a dataset from.

    Attributes:
        summaries: one for each resource.
        facts: `FACT_SCHEMA` and `resource`.
        issues: `ISSUE_SCHEMA`, `entity` (Int64) and `resource`.
        refused: `REFUSED_SCHEMA` and `resource`.
        claims: `CLAIM_SCHEMA` and `resource`.
        unknown: `UNKNOWN_SCHEMA` and `resource`.
    """

    summaries: Sequence[ResultSummary]
    facts: pl.DataFrame
    issues: pl.DataFrame
    refused: pl.DataFrame
    claims: pl.DataFrame
    unknown: pl.DataFrame


def _empty(schema: pl.Schema, **more: pl.DataType) -> pl.DataFrame:
    return pl.DataFrame(schema=[*schema.items(), *more.items(), ("resource", pl.String())])


NOTHING: Final = Gathering(
    summaries=(),
    facts=_empty(FACT_SCHEMA),
    issues=_empty(ISSUE_SCHEMA, entity=pl.Int64()),
    refused=_empty(REFUSED_SCHEMA),
    claims=_empty(CLAIM_SCHEMA),
    unknown=_empty(UNKNOWN_SCHEMA),
)
"""What there is before any resource."""
