"""The stages of the streams, in the order in which items pass them."""

from collections.abc import Iterable

import polars as pl


def in_stage_order(measured: pl.DataFrame, stages: Iterable[str]) -> pl.DataFrame:
    """One row per stage: the named stages in their order, measured or not, then the others by name.

    Takes a frame with one row per value of `stage`; what was not measured is null.
    """
    order = list(stages)
    unmeasured = pl.DataFrame({"stage": order}, schema={"stage": pl.String}).join(measured, on="stage", how="anti")
    position = pl.col("stage").replace_strict(
        {stage: number for number, stage in enumerate(order)}, default=len(order), return_dtype=pl.UInt32
    )
    return pl.concat([measured, unmeasured], how="diagonal").sort(position, "stage")
