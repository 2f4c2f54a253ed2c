"""The stages of the stream, in the order in which data passes them."""

from typing import Final

import polars as pl

from headrace.model.event import Stage

STAGE_ORDER: Final = tuple(stage.value for stage in Stage)
"""Names of the stages, first to last."""


def in_stage_order(measured: pl.DataFrame) -> pl.DataFrame:
    """One row per stage: the known stages in their order, measured or not, then stages of other streams by name.

    Takes a frame with one row per value of `stage`; what was not measured is null.
    """
    unmeasured = pl.DataFrame({"stage": STAGE_ORDER}).join(measured, on="stage", how="anti")
    position = pl.col("stage").replace_strict(
        {stage: number for number, stage in enumerate(STAGE_ORDER)}, default=len(STAGE_ORDER), return_dtype=pl.UInt32
    )
    return pl.concat([measured, unmeasured], how="diagonal").sort(position, "stage")
