"""What flows through the phases: the entries of one resource with everything said about them so far."""

from dataclasses import dataclass, field, replace

import polars as pl

from headrace.model.fact import FACT_SCHEMA
from headrace.model.issue import CLAIM_SCHEMA, empty_issues, empty_refused


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries, and what the phases made of them.

    Attributes:
        entries: columns `line` and `entry` (UInt32), then String columns named as the resource's columns, later as
            fields; null where nothing was given. Before the header is read: the columns of `Cells`.
        issues: `ISSUE_SCHEMA`.
        refused: `REFUSED_SCHEMA`.
        claims: `CLAIM_SCHEMA`, in the order of the resource's columns.
        facts: `FACT_SCHEMA`, once entries have been turned into facts.
        records: how many records the resource had, its header included.
        numbered: how many records became entries.
    """

    entries: pl.DataFrame
    issues: pl.DataFrame = field(default_factory=empty_issues)
    refused: pl.DataFrame = field(default_factory=empty_refused)
    claims: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CLAIM_SCHEMA))
    facts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FACT_SCHEMA))
    records: int = 0
    numbered: int = 0

    def with_entries(self, entries: pl.DataFrame) -> "Batch":
        """The same batch with other entries."""
        return replace(self, entries=entries)

    def with_issues(self, *found: pl.DataFrame) -> "Batch":
        """The same batch with more issues."""
        more = [frame for frame in found if frame.height]
        return replace(self, issues=pl.concat([self.issues, *more])) if more else self

    def with_refused(self, *found: pl.DataFrame) -> "Batch":
        """The same batch with more refused records."""
        more = [frame for frame in found if frame.height]
        return replace(self, refused=pl.concat([self.refused, *more])) if more else self
