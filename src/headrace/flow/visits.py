"""Visits: one row for every time an item came to a stage, and what became of it there."""

from typing import Final

import polars as pl

from headrace.flow.awaited import awaited
from headrace.flow.duration import seconds
from headrace.flow.record import CLOSING, PLACE, in_order
from headrace.flow.spells import spells
from headrace.model.event import Kind

OPEN: Final = "open"
"""Outcome of a visit that has not ended and whose last try has not failed."""

DEPARTED: Final = pl.col("finished_at").is_not_null()
"""The visit is over."""

IN_PROGRESS: Final = (pl.col("outcome") == OPEN) & pl.col("started_at").is_not_null()
"""Work on the item goes on."""

WAITING: Final = ~DEPARTED & ~IN_PROGRESS
"""The item is in the queue, for the first time or again after a failure."""


def visits(events: pl.DataFrame) -> pl.DataFrame:
    """The visits in the record, by stage, item and number.

    A visit is opened by the first event at a place where none is open, except `unblocked`, which opens nothing; a start
    without `ready` counts as ready at that moment, and so does an end. `ready` while a visit is open changes nothing.
    `failed` puts the item back into the queue, where it has been since it was first ready. To know how things stood at
    an earlier moment, pass the events up to that moment.

    Returns:
        `stage`, `item_type`, `item`, `visit` (from 1);
        `ready_at`; `started_at` of the latest spell of work; `finished_at`, null while the visit is open;
        `outcome`: `finished`, `returned`, `skipped`, `abandoned`, `failed` (waits again), `open`;
        `reason`: of what blocks the item, otherwise of what led to the outcome;
        `waits_for`: a word of `Awaited` while the item waits, otherwise null;
        `failures`: how many tries failed; `failed_at`: when the latest did; `work_s`: seconds of the spells that ended;
        `dataset`, `organisation`: as last said.
    """
    record = in_order(events)
    last = _rows_that_tell(record)
    decisive, block = last["decisive"], last["block"]
    kind = record["kind"].cast(pl.String)
    said = pl.DataFrame(
        {
            **{name: record[name].gather(last["opening"]) for name in (*PLACE, "visit")},
            "ready_at": record["at"].gather(last["opening"]),
            "started_at": record["at"].gather(last["started"]),
            "finished_at": record["at"].gather(last["closing"]),
            "decided": kind.gather(decisive),
            "decided_by": record["reason"].gather(decisive),
            "blocked": (kind.gather(block) == Kind.BLOCKED.value).fill_null(value=False),
            "blocked_by": record["reason"].gather(block),
            "failures": last["failures"],
            "failed_at": record["at"].gather(last["failed"]),
            "dataset": record["dataset"].gather(last["dataset"]),
            "organisation": record["organisation"].gather(last["organisation"]),
        }
    )
    return _judged(said).join(_work(record), on=[*PLACE, "visit"], how="left", maintain_order="left").select(
        *PLACE, "visit", "ready_at", "started_at", "finished_at", "outcome", "reason", "waits_for",
        "failures", "failed_at", pl.col("work_s").fill_null(0.0), "dataset", "organisation",
    )  # fmt: skip


def _rows_that_tell(record: pl.DataFrame) -> pl.DataFrame:
    """For every visit, in the order of the record, the numbers of the rows that say what is known of it."""
    row, kind = pl.col("row"), pl.col("kind")

    def last(when: pl.Expr) -> pl.Expr:
        return pl.when(when).then(row).max()

    opens = kind != Kind.UNBLOCKED.value
    turns = kind.is_in([Kind.STARTED.value, Kind.FAILED.value, *CLOSING])
    return (
        record.group_by("place", "visit")
        .agg(
            opening=pl.when(opens).then(row).min(),
            turning=last(turns),
            started=last(kind == Kind.STARTED.value),
            failed=last(kind == Kind.FAILED.value),
            closing=last(kind.is_in(CLOSING)),
            block=last(kind.is_in([Kind.BLOCKED.value, Kind.UNBLOCKED.value])),
            dataset=last(pl.col("dataset").is_not_null()),
            organisation=last(pl.col("organisation").is_not_null()),
            failures=(kind == Kind.FAILED.value).sum(),
        )
        .filter(pl.col("opening").is_not_null())
        .sort("opening")
        .with_columns(decisive=pl.coalesce("turning", "opening"))
    )


def _work(record: pl.DataFrame) -> pl.DataFrame:
    """Seconds of work in the spells of every visit that ended."""
    worked = seconds(pl.col("ended_at") - pl.col("started_at"))
    return spells(record).group_by(*PLACE, "visit").agg(work_s=worked.sum())


def _judged(said: pl.DataFrame) -> pl.DataFrame:
    """The visits with their outcome, reason and what they wait for."""
    decided = pl.col("decided")
    settled = decided.is_in([Kind.FAILED.value, *CLOSING])
    return (
        said.with_columns(outcome=pl.when(settled).then(decided).otherwise(pl.lit(OPEN)))
        .with_columns(blocked=pl.col("blocked") & ~DEPARTED)
        .with_columns(
            reason=pl.when("blocked").then("blocked_by").otherwise("decided_by"),
            waits_for=pl.when(WAITING).then(
                awaited(pl.col("stage"), pl.col("outcome"), pl.col("blocked_by"), pl.col("blocked"))
            ),
        )
    )
