"""Visits: one row for every time an item came to a stage, and what became of it there."""

from typing import Final

import polars as pl

from headrace.flow.awaited import awaited
from headrace.flow.record import CLOSING, PLACE, in_order
from headrace.model.event import Kind
from headrace.model.stage import Streams

OPEN: Final = "open"
"""Outcome of a visit that has not ended and whose last try has not failed."""

DEPARTED: Final = pl.col("finished_at").is_not_null()
"""The visit is over."""

IN_PROGRESS: Final = (pl.col("outcome") == OPEN) & pl.col("started_at").is_not_null()
"""Work on the item goes on."""

WAITING: Final = ~DEPARTED & ~IN_PROGRESS
"""The item is in the queue, for the first time or again after a failure."""


def visits(events: pl.DataFrame, model: Streams | None = None) -> pl.DataFrame:
    """The visits in the record, by stage, item and number.

    A visit is opened by the first event at a place where none is open, except `unblocked` and `abandoned`, which open
    nothing: what is not there cannot be given up. A start without `ready` counts as ready at that moment, and so does
    an end. `ready` while a visit is open changes nothing.
    `failed` puts the item back into the queue, where it has been since it was first ready. To know how things stood at
    an earlier moment, pass the events up to that moment. The `model` says what is waited for at a stage as a rule.

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
            "work_s": last["work_s"],
            "failed_at": record["at"].gather(last["failed"]),
            "dataset": record["dataset"].gather(last["dataset"]),
            "organisation": record["organisation"].gather(last["organisation"]),
        }
    )
    return _judged(said, model).select(
        *PLACE, "visit", "ready_at", "started_at", "finished_at", "outcome", "reason", "waits_for",
        "failures", "failed_at", "work_s", "dataset", "organisation",
    )  # fmt: skip


def _rows_that_tell(record: pl.DataFrame) -> pl.DataFrame:
    """For every visit, in the order of the record, the numbers of the rows that say what is known of it.

    Returns `opening`, `started`, `failed`, `closing`, `block`, `dataset`, `organisation` (the last row of each sort,
    null where there is none; of openings the first), `decisive`, `failures` (how many) and `work_s` (seconds of the
    spells that ended). A visit is rows in a row, so that all is carried along to its last row: grouping a million of
    them would cost several times as much.
    """
    kind = pl.col("kind")
    placed = record.select(
        "row", "at", "kind", "dataset", "organisation",
        begins=pl.col("place").ne_missing(pl.col("place").shift(1)) | pl.col("visit").ne(pl.col("visit").shift(1)),
    ).with_columns(
        ends=pl.col("begins").shift(-1, fill_value=True),
        first=pl.when("begins").then("row").forward_fill(),
        opens=~kind.is_in([Kind.UNBLOCKED.value, Kind.ABANDONED.value]),
        starts=kind == Kind.STARTED.value,
        fails=kind == Kind.FAILED.value,
        closes=kind.is_in(CLOSING),
    )  # fmt: skip
    told = placed.with_columns(
        opening=_of_first(_row_of("opens").backward_fill()),
        turning=_row_of(pl.col("starts") | pl.col("fails") | pl.col("closes")).forward_fill(),
        started=_row_of("starts").forward_fill(),
        failed=_row_of("fails").forward_fill(),
        closing=_row_of("closes").forward_fill(),
        block=_row_of(kind.is_in([Kind.BLOCKED.value, Kind.UNBLOCKED.value])).forward_fill(),
        dataset=_row_of(pl.col("dataset").is_not_null()).forward_fill(),
        organisation=_row_of(pl.col("organisation").is_not_null()).forward_fill(),
        failures=_since_first(pl.col("fails").cast(pl.UInt32)),
        work_s=_since_first(_ended_spell()) / 1e6,
    ).filter("ends")
    last = ("turning", "started", "failed", "closing", "block", "dataset", "organisation")
    return (
        told.with_columns(pl.when(pl.col(name) >= pl.col("first")).then(name).alias(name) for name in last)
        .filter(pl.col("opening").is_between("first", "row"))
        .with_columns(decisive=pl.coalesce("turning", "opening"))
        .sort("opening")
    )


def _row_of(when: str | pl.Expr) -> pl.Expr:
    return pl.when(when).then("row")


def _of_first(value: pl.Expr) -> pl.Expr:
    """What a value is at the first row of the visit."""
    return pl.when("begins").then(value).forward_fill()


def _since_first(amount: pl.Expr) -> pl.Expr:
    """The sum of an amount over the rows of the visit so far."""
    return amount.cum_sum() - _of_first(amount.cum_sum() - amount)


def _ended_spell() -> pl.Expr:
    """Microseconds of the spell of work that ends with a row, as `spells` has them; 0 where none does."""
    turned = _row_of(pl.col("starts") | pl.col("fails") | pl.col("closes")).forward_fill().shift(1)
    started = _row_of("starts").forward_fill().shift(1)
    started_at = pl.when("starts").then("at").forward_fill().shift(1)
    ends = (pl.col("fails") | pl.col("closes")) & (turned == started) & (started >= pl.col("first"))
    return pl.when(ends).then((pl.col("at") - started_at).dt.total_microseconds()).otherwise(0)


def _judged(said: pl.DataFrame, model: Streams | None) -> pl.DataFrame:
    """The visits with their outcome, reason and what they wait for."""
    decided = pl.col("decided")
    settled = decided.is_in([Kind.FAILED.value, *CLOSING])
    return (
        said.with_columns(outcome=pl.when(settled).then(decided).otherwise(pl.lit(OPEN)))
        .with_columns(blocked=pl.col("blocked") & ~DEPARTED)
        .with_columns(
            reason=pl.when("blocked").then("blocked_by").otherwise("decided_by"),
            waits_for=pl.when(WAITING).then(
                awaited(pl.col("stage"), pl.col("outcome"), pl.col("blocked_by"), pl.col("blocked"), model)
            ),
        )
    )
