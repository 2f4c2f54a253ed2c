"""How many items others counted at their stages, day by day: kept as it is, because a count is no event of an item."""

from typing import Final

import polars as pl

from headrace.store.journal import Journal, Segments
from headrace.store.lake import Lake

STAGE_COUNT_SCHEMA: Final = pl.Schema(
    [
        ("stream", pl.String()),
        ("input", pl.String()),
        ("day", pl.Date()),
        ("counted_as", pl.String()),
        ("count", pl.Int64()),
    ]
)
"""The stream that the count is of, the file that it came in, the day, the name counted under, and how many."""

_KEY: Final = ("stream", "input", "day", "counted_as")


class StageCounts:
    """The counts kept in one lake."""

    def __init__(self, lake: Lake, segment: str = "reader") -> None:
        self._journal = Journal(lake.root / "count", STAGE_COUNT_SCHEMA, segment)

    def add(self, counts: pl.DataFrame) -> int:
        """Add counts (`STAGE_COUNT_SCHEMA`); those that are there change nothing. How many were not there."""
        new = counts.unique(_KEY, keep="first", maintain_order=True).join(self._journal.read(), on=_KEY, how="anti")
        if new.height:
            self._journal.add_history(new)
        return new.height

    def looks(self) -> pl.DataFrame:
        """`kind` (the stream), `input`, `at` and `said`: what each day's counts of one file were, as one text."""
        said = pl.concat_str("counted_as", pl.lit("="), "count")
        at = pl.col("day").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
        counts = self.read().sort("counted_as")
        return counts.group_by(kind="stream", input="input", at=at).agg(said=said.str.join(" "))

    def read(self) -> pl.DataFrame:
        """Every count, in no order."""
        return self._journal.read()

    def segments(self) -> Segments:
        """What the counts are made of: it differs whenever one was added."""
        return self._journal.segments()
