"""Percentiles of durations of which some have not ended: the estimator of Kaplan and Meier."""

from collections.abc import Mapping
from typing import Final

import polars as pl

ROUNDING: Final = 1e-9
"""How far a product of shares may be from the share it stands for."""


def percentiles(durations: pl.DataFrame, shares: Mapping[str, float]) -> pl.DataFrame:
    """Per stage, the shortest duration within which at least each share of the durations has ended.

    Takes `stage`, `entry_s`, `exit_s` (seconds; the duration was watched from the first age to the second,
    0 ≤ entry ≤ exit) and `ended` (False: it was still going on at `exit_s`, so it is at least as long). Takes the
    shares by the name of the column to make, such as `{"p50_s": 0.5}`.

    Returns `stage`, the columns named, null where so many go on that the percentile is not known yet, and
    `watched_s`, the longest duration seen: an unknown percentile is longer.

    Source: Kaplan, E. L. and Meier, P., "Nonparametric estimation from incomplete observations", JASA 53 (1958),
    with late entry as in a period life table. Where all were watched from 0 to their end this is the plain percentile
    (the inverse of the empirical distribution function).
    """
    return read_percentiles(surviving(durations), shares)


def read_percentiles(curve: pl.DataFrame, shares: Mapping[str, float]) -> pl.DataFrame:
    """The percentiles of what `surviving` returns, as `percentiles` returns them."""
    found = [
        pl.col("age_s").filter(pl.col("surviving") <= 1 - share + ROUNDING).min().alias(name)
        for name, share in shares.items()
    ]
    return curve.group_by("stage").agg(*found, watched_s=pl.col("age_s").max()).sort("stage")


def surviving(durations: pl.DataFrame) -> pl.DataFrame:
    """Per stage and age, the share of durations estimated to be longer.

    Takes durations as `percentiles` does. Returns `stage`, `age_s` and `surviving` (0–1), by stage and age, for every
    age at which a duration was first or last watched.
    """
    entries = durations.select("stage", age_s="entry_s", enters=1, leaves=0, ends=0)
    exits = durations.select("stage", age_s="exit_s", enters=0, leaves=1, ends=pl.col("ended").cast(pl.Int32))
    ages = pl.concat([entries, exits]).group_by("stage", "age_s").agg(pl.col("enters", "leaves", "ends").sum())
    left_before = pl.col("leaves").cum_sum() - pl.col("leaves")
    return (
        ages.sort("stage", "age_s")
        .with_columns(watched=(pl.col("enters").cum_sum() - left_before).over("stage"))
        .with_columns(surviving=(1 - pl.col("ends") / pl.col("watched")).cum_prod().over("stage"))
    )
