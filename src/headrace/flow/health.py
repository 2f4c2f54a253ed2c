"""Green, amber or red: how a stage does against what is expected of it."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

import polars as pl


class Health(StrEnum):
    """The colour of a stage."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNMEASURED = "unmeasured"


NIGHT: Final = timedelta(hours=26)
"""Within which a run of the pipeline is expected: one a day, and two hours for the run itself."""

RULE: Final = (
    "Green: nothing has waited longer than is expected of the stage, and 85 in 100 are worked on no longer. "
    "Amber: something has waited longer, or work takes longer, or all that was begun in the last night failed. "
    "Red: more than 15 in 100 wait longer than is expected. Grey: nothing has been recorded there yet."
)
"""The rule, in words."""


def health(expected_wait_s: pl.Expr, expected_work_s: pl.Expr, all_failed: pl.Expr, measured: pl.Expr) -> pl.Expr:
    """The colour of a stage, of its row with `oldest_age_s`, `wait_p85_s`, `work_p85_s`, `work_watched_s`.

    Follows from what is expected (null: nothing is), whether all that the last night began there failed, and whether
    anything has ever been recorded there. A percentile that is not known yet is longer than all that has been seen.
    """
    oldest, wait = pl.col("oldest_age_s"), pl.col("wait_p85_s")
    late = (oldest > expected_wait_s).fill_null(value=False)
    many_late = pl.when(wait.is_null()).then(late).otherwise(wait > expected_wait_s).fill_null(value=False)
    slow = (pl.coalesce("work_p85_s", "work_watched_s") > expected_work_s).fill_null(value=False)
    return (
        pl.when(~measured)
        .then(pl.lit(Health.UNMEASURED.value))
        .when(many_late)
        .then(pl.lit(Health.RED.value))
        .when(late | slow | all_failed)
        .then(pl.lit(Health.AMBER.value))
        .otherwise(pl.lit(Health.GREEN.value))
    )
