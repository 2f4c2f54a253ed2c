"""What was found on the documentation pages of endpoints that fail."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import polars as pl

from headrace.store.journal import Journal
from headrace.store.lake import Lake


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look for the replacement of one endpoint.

    Attributes:
        endpoint: which.
        looked_on: the day of the look.
        page: the documentation page.
        replacement, text: the best candidate and the text of its link; None where none was found.
        why: what speaks for it, or why there is none, in words.
    """

    endpoint: str
    looked_on: date
    page: str
    replacement: str | None
    text: str | None
    why: str


LOOK_SCHEMA: Final = pl.Schema(
    [
        ("endpoint", pl.String()),
        ("looked_on", pl.String()),
        ("page", pl.String()),
        ("replacement", pl.String()),
        ("text", pl.String()),
        ("why", pl.String()),
    ]
)
"""`Look`, with its day as ISO text."""


class ReplacementRecord:
    """The looks of one lake."""

    def __init__(self, lake: Lake, run: str) -> None:
        self._journal = Journal(lake.root / "replacement", LOOK_SCHEMA, run)

    def add(self, looks: Sequence[Look]) -> None:
        """Keep looks."""
        rows = [asdict(look) | {"looked_on": look.looked_on.isoformat()} for look in looks]
        self._journal.add(pl.DataFrame(rows, schema=LOOK_SCHEMA), by="looked_on")

    def latest(self, endpoint: str | None = None) -> dict[str, Look]:
        """The last look by endpoint, of every endpoint or of one."""
        where = None if endpoint is None else pl.col("endpoint") == endpoint
        rows = self._journal.read(where=where).sort("looked_on", maintain_order=True).iter_rows(named=True)
        return {row["endpoint"]: Look(**(row | {"looked_on": date.fromisoformat(row["looked_on"])})) for row in rows}
