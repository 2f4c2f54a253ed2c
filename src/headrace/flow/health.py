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
"""Within which everything should have been taken up: a run a day, and two hours for the run itself."""

WEEK: Final = timedelta(days=7)
"""After which nobody can say that it will sort itself out."""

RULE: Final = (
    f"Green: nothing has waited longer than {NIGHT // timedelta(hours=1)} hours, so every night takes up all that is "
    "there. Amber: something has waited longer, or all that was begun in the last night failed. "
    f"Red: something has waited longer than {WEEK.days} days. Grey: nothing has been recorded there yet."
)
"""The rule, in words."""


def health(oldest_age_s: pl.Expr, all_failed: pl.Expr, measured: pl.Expr) -> pl.Expr:
    """The colour of a stage.

    Follows from the age of the oldest item that waits there (null: none does), whether all that the last night began
    there failed, and whether anything has ever been recorded there.
    """
    return (
        pl.when(~measured)
        .then(pl.lit(Health.UNMEASURED.value))
        .when(oldest_age_s > WEEK.total_seconds())
        .then(pl.lit(Health.RED.value))
        .when((oldest_age_s > NIGHT.total_seconds()) | all_failed)
        .then(pl.lit(Health.AMBER.value))
        .otherwise(pl.lit(Health.GREEN.value))
    )
