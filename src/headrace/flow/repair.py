"""Repairs: when endpoints begin to fail, answer again, or are given up, as a log of attempts tells."""

from typing import Final

import polars as pl

from headrace.model.event import Kind

GIVEN_UP_NIGHTS: Final = 28
"""Nights in a row on which others were asked and an endpoint was not, after which it counts as given up."""


def repairs(attempts: pl.DataFrame) -> pl.DataFrame:
    """What an endpoint's attempts say of its repair, in the order of endpoints and time.

    Takes attempts with the columns `endpoint`, `night` (ISO day), `started_at`, `finished_at`, `resource` (null: the
    attempt failed) and `reason`.

    Returns `item` (the endpoint), `at`, `kind`, `night` and `reason`. A repair is

    - `ready` at the end of the first attempt that failed, be it the first of all or one after a good one;
    - `finished` at the end of the next that gave data;
    - `abandoned` where the endpoint was asked no more while it failed: on none of the next `GIVEN_UP_NIGHTS` nights of
      the log, or on none of the rest of it where that is at least as long. The moment is that at which the next night
      began without it. A log that ends earlier does not say so, and the repair is open.

    Nobody records when work on a repair begins; all of it is waiting.
    """
    nights = attempts.group_by("night").agg(began_at=pl.col("started_at").min()).sort("night").with_row_index("number")
    number = pl.col("number").cast(pl.Int64)
    asked = (
        attempts.select("endpoint", "night", "finished_at", "reason", failed=pl.col("resource").is_null())
        .join(nights.select("night", "number", next_began_at=pl.col("began_at").shift(-1)), on="night", how="left")
        .sort("endpoint", "finished_at")
    )
    following = number.shift(-1).over("endpoint").fill_null(nights.height)
    known = asked.with_columns(given_up=following - number > GIVEN_UP_NIGHTS).with_columns(
        was_failing=(pl.col("failed") & ~pl.col("given_up")).shift(1, fill_value=False).over("endpoint")
    )
    begins = known.filter(pl.col("failed") & ~pl.col("was_failing"))
    ends = known.filter(~pl.col("failed") & pl.col("was_failing"))
    leaves = known.filter(pl.col("failed") & pl.col("given_up"))
    return pl.concat(
        [
            _said(begins, Kind.READY, pl.col("finished_at"), pl.col("reason")),
            _said(ends, Kind.FINISHED, pl.col("finished_at"), pl.lit("it answers with data again")),
            _said(leaves, Kind.ABANDONED, pl.col("next_began_at"), pl.lit("it was not asked any more")),
        ]
    ).sort("item", "at")


def given_up(visits: pl.DataFrame) -> frozenset[str]:
    """The endpoints whose latest repair was abandoned, by retirement or silence, and that were not configured since.

    Takes what `headrace.flow.visits.visits` returns.
    """
    latest = visits.filter(pl.col("stage") == "repair").group_by("item").last()
    configured = (
        visits.filter((pl.col("stage") == "configure") & (pl.col("item_type") == "endpoint"))
        .group_by("item")
        .agg(configured_at=pl.col("finished_at").max())
    )
    left = latest.filter(pl.col("outcome") == Kind.ABANDONED.value).join(configured, on="item", how="left")
    again = (pl.col("configured_at") > pl.col("finished_at")).fill_null(value=False)
    return frozenset(left.filter(~again)["item"])


def _said(attempts: pl.DataFrame, kind: Kind, at: pl.Expr, reason: pl.Expr) -> pl.DataFrame:
    return attempts.select("night", item="endpoint", at=at, kind=pl.lit(kind.value), reason=reason)
