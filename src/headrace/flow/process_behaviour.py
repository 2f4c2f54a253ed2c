"""Process behaviour: which changes of a measure are signals and which are noise, by an XmR chart."""

from enum import StrEnum
from typing import Final

import polars as pl

LIMIT: Final = 2.66
"""How many mean moving ranges the natural process limits lie from the mean: 3 ÷ 1.128, the d2 of two values."""

RANGE_LIMIT: Final = 3.268
"""How many mean moving ranges the upper limit of the ranges is: D4 of two values."""

RUN: Final = 8
"""How many successive values on one side of the mean are a signal."""


class Signal(StrEnum):
    """Why a value is no noise; the strongest reason is told."""

    OUTSIDE = "outside the limits"
    NEAR_LIMIT = "two of three beyond two thirds of the way to a limit"
    ONE_SIDE_FAR = "four of five beyond one third of the way to a limit"
    ONE_SIDE = "eight in a row on one side of the mean"


def process_behaviour(values: pl.DataFrame) -> pl.DataFrame:
    """The XmR chart of a measure: `at`, `value` in order of time become one row each with limits and signals.

    Returns `at`, `value`, `moving_range` (to the value before), `mean`, `lower`, `upper`: the natural process limits,
    the lower not below 0, for what is measured here cannot be; `range_upper`; and `signal`: a word of `Signal`, null
    for noise. Values that are null are left out. Fewer than two values have no limits.

    Source: Western Electric, Statistical Quality Control Handbook (1956), the four rules; Wheeler, D. J.,
    Understanding Variation (1993), for individual values with limits from moving ranges.
    """
    known = values.select("at", pl.col("value").cast(pl.Float64)).drop_nulls().sort("at")
    third = LIMIT / 3 * pl.col("moving_range").mean()
    side = (pl.col("value") - pl.col("value").mean()) / third
    return (
        known.with_columns(moving_range=pl.col("value").diff().abs())
        .with_columns(mean=pl.col("value").mean(), third=third, sigmas=pl.when(third > 0).then(side))
        .with_columns(signal=_signal())
        .select(
            "at",
            "value",
            "moving_range",
            "mean",
            lower=(pl.col("mean") - 3 * pl.col("third")).clip(0),
            upper=pl.col("mean") + 3 * pl.col("third"),
            range_upper=RANGE_LIMIT * pl.col("moving_range").mean(),
            signal="signal",
        )
    )


def _signal() -> pl.Expr:
    sigmas = pl.col("sigmas")
    return (
        pl.when(sigmas.abs() > 3)
        .then(pl.lit(Signal.OUTSIDE.value))
        .when(_on_one_side(beyond=2, at_least=2, of=3))
        .then(pl.lit(Signal.NEAR_LIMIT.value))
        .when(_on_one_side(beyond=1, at_least=4, of=5))
        .then(pl.lit(Signal.ONE_SIDE_FAR.value))
        .when(_on_one_side(beyond=0, at_least=RUN, of=RUN))
        .then(pl.lit(Signal.ONE_SIDE.value))
    )


def _on_one_side(*, beyond: int, at_least: int, of: int) -> pl.Expr:
    """So many of the latest values, the present one among them, lie further than so many sigmas to one side."""
    sigmas = pl.col("sigmas")

    def many(far: pl.Expr) -> pl.Expr:
        return far & (far.cast(pl.UInt32).rolling_sum(of, min_samples=at_least) >= at_least)

    return many(sigmas > beyond) | many(sigmas < -beyond)
