"""What flows through the phases: the entries of one resource with everything said about them so far."""

from dataclasses import dataclass, field, replace

import polars as pl

from headrace.model.fact import FACT_SCHEMA
from headrace.model.issue import CLAIM_SCHEMA, UNKNOWN_SCHEMA, empty_issues, empty_refused


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries, and what the phases made of them.

    Attributes:
        entries: `line` (UInt32: number of the record), once the header is read `entry` (UInt32: number of the entry),
            then String columns, null where nothing was given: named "0", "1", … as in `Cells` until columns are read
            as fields, and as the fields from then on.
        header: the name of each column of the resource, by position; "" where it has none. Empty before the header is
            read.
        header_line: number of the record that is the header; None before it is read.
        issues: `ISSUE_SCHEMA`.
        refused: `REFUSED_SCHEMA`.
        claims: `CLAIM_SCHEMA`, in the order of the resource's columns.
        facts: `FACT_SCHEMA`, once entries have been turned into facts.
        records: how many records the resource had, its header included.
        numbered: how many records became entries.
        unknown: `UNKNOWN_SCHEMA`: entries whose reference no entity has yet.
        from_workbook: as in `Cells`.
        asked: what the tables of entities were asked for, as `prefix organisation` pairs in normal form.
    """

    entries: pl.DataFrame
    header: tuple[str, ...] = ()
    header_line: int | None = None
    issues: pl.DataFrame = field(default_factory=empty_issues)
    refused: pl.DataFrame = field(default_factory=empty_refused)
    claims: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CLAIM_SCHEMA))
    facts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FACT_SCHEMA))
    records: int = 0
    numbered: int = 0
    unknown: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=UNKNOWN_SCHEMA))
    from_workbook: bool = False
    asked: frozenset[str] = frozenset()

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
