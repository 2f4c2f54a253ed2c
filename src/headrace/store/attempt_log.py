"""The collection log, as it is kept: one row per attempt."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Final

import polars as pl

from headrace.model.attempt import ATTEMPT_SCHEMA, RECORDED_ELSEWHERE, Attempt
from headrace.store.journal import Journal, Segments
from headrace.store.lake import Lake

TOLD_APART_BY: Final = ("endpoint", "night", "started_at", "finished_at", "status", "resource", "exception")
"""Columns that no two attempts have in common."""

OUTCOME: Final = ("endpoint", "url", "night", "finished_at", "status", "resource", "reason", "told")
"""Columns that say of whom an attempt was, when, and what became of it."""


class AttemptLog:
    """The attempts of one lake.

    Attributes:
        night: the day, ISO, whose attempts are written: an endpoint is asked once a night, whatever the clock says.
    """

    def __init__(self, lake: Lake, night: str, run: str) -> None:
        self.night = night
        self._lake = lake
        self._journal = Journal(lake.root / "log", ATTEMPT_SCHEMA, run)

    def record(self, attempt: Attempt) -> None:
        """Append one attempt."""
        self._journal.append(attempt.finished_at, asdict(attempt) | {"night": self.night})

    def add(self, attempts: pl.DataFrame) -> int:
        """Add many attempts, each of a night of its own; those that are there change nothing. How many were not there.

        Args:
            attempts: `ATTEMPT_SCHEMA`.
        """
        new = attempts.unique(TOLD_APART_BY, keep="first", maintain_order=True).join(
            self._journal.read().select(TOLD_APART_BY), on=TOLD_APART_BY, how="anti", nulls_equal=True
        )
        if new.height:
            self._journal.add_history(new)
        return new.height

    def read(self, endpoint: str | None = None) -> pl.DataFrame:
        """Every attempt, or those of one endpoint, in the order in which they finished, with their `night`."""
        return self._read(None if endpoint is None else pl.col("endpoint") == endpoint)

    def read_recorded_elsewhere(self) -> pl.DataFrame:
        """As `read`, of the attempts that others made."""
        return self._read(pl.col("due") == RECORDED_ELSEWHERE)

    def read_night(self) -> pl.DataFrame:
        """As `read`, of the attempts of the night."""
        return self._read(pl.col("night") == self.night)

    def answers(self, endpoints: Sequence[str] | None = None) -> pl.DataFrame:
        """The attempts, or those of some endpoints, that gave a resource; in no order, and perhaps one twice."""
        whose = pl.lit(value=True) if endpoints is None else pl.col("endpoint").is_in(list(endpoints))
        return self._journal.read(pl.col("resource").is_not_null() & whose)

    def segments(self) -> Segments:
        """What the log is made of: it differs whenever an attempt was added."""
        return self._journal.segments()

    def read_kept(self) -> pl.DataFrame:
        """As `read`, without the attempts whose resource is not in the lake, as those of others' history may be."""
        here = pl.Series([path.name for path in (self._lake.root / "resource").glob("*")], dtype=pl.String)
        return self.read().filter(pl.col("resource").is_null() | pl.col("resource").is_in(here.implode()))

    def read_outcomes(self) -> pl.DataFrame:
        """`OUTCOME` of every attempt, in no particular order: for counting a million of them."""
        kept = self._journal.read(columns=sorted({*OUTCOME, *TOLD_APART_BY}))
        # Hardly any is told twice, and to ask whether one may be is cheaper than to compare all of each.
        keyed = kept.with_columns(pl.col("endpoint", "night").cast(pl.Categorical)).with_columns(
            alone=pl.struct("endpoint", "finished_at").is_unique()
        )
        told_apart = keyed.filter(~pl.col("alone")).unique(TOLD_APART_BY, keep="any")
        return pl.concat([keyed.filter("alone"), told_apart]).select(OUTCOME)

    def read_columns(self, columns: Sequence[str]) -> pl.DataFrame:
        """Some columns, `finished_at` among them, of every attempt, in order of time; one told twice may come twice."""
        return self._journal.read(columns=list(columns)).sort("finished_at")

    def version(self) -> str:
        """A short text that changes whenever an attempt is added."""
        return self._journal.version()

    def close(self) -> None:
        """End this run's part of the log."""
        self._journal.close()

    def _read(self, where: pl.Expr | None) -> pl.DataFrame:
        return (
            self._journal.read(where=where)
            .unique(TOLD_APART_BY, keep="first", maintain_order=True)
            .sort("finished_at", "endpoint")
        )


def last_successes(attempts: pl.DataFrame) -> dict[str, Attempt]:
    """The last attempt that ended with a resource, by endpoint."""
    last = attempts.filter(pl.col("resource").is_not_null()).sort("finished_at").unique("endpoint", keep="last")
    names = [column.name for column in fields(Attempt)]
    return {row["endpoint"]: Attempt(**row) for row in last.select(names).iter_rows(named=True)}
