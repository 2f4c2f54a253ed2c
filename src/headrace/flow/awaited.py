"""What a waiting item waits for."""

from enum import StrEnum
from typing import Final

import polars as pl

from headrace.model.event import Kind, Stage
from headrace.model.stage import Streams


class Awaited(StrEnum):
    """Who or what has to act before work on an item can go on."""

    SCHEDULE = "schedule"
    PROVIDER = "provider"
    OPERATOR = "operator"
    REVIEWER = "reviewer"
    DEPENDENCY = "dependency"


MEANING: Final = {
    Awaited.SCHEDULE: "the next run of the pipeline",
    Awaited.PROVIDER: "the publisher, whose web server or file cannot be used as it is",
    Awaited.OPERATOR: "a data manager, who decides",
    Awaited.REVIEWER: "a second person, who checks",
    Awaited.DEPENDENCY: "something else that has to happen first",
}
"""Each in words that end the sentence "It waits for …"."""

PROVIDERS_STAGES: Final = (Stage.COLLECT.value, Stage.CONVERT.value)
"""Where a failure is mended by the publisher: the endpoint does not answer, or its bytes cannot be read."""

OPERATORS_STAGES: Final = (Stage.ASSIGN.value,)
"""Where every item waits for a person."""


def awaited(
    stage: pl.Expr, outcome: pl.Expr, blocked_by: pl.Expr, blocked: pl.Expr, model: Streams | None = None
) -> pl.Expr:
    """What an item waits for that is waiting at `stage` with the `outcome` so far.

    An item that is `blocked` waits for `blocked_by` where that is one of the words of `Awaited`, otherwise, unless the
    stage is one at which everything waits for a person, for a dependency. The rest follows from the stage: from what
    the `model` says is waited for there, and it is the schedule where nothing is said.
    """
    words = [word.value for word in Awaited]
    failed = outcome == Kind.FAILED.value
    return (
        pl.when(blocked & blocked_by.is_in(words))
        .then(blocked_by)
        .when(stage.is_in(OPERATORS_STAGES))
        .then(pl.lit(Awaited.OPERATOR.value))
        .when(blocked)
        .then(pl.lit(Awaited.DEPENDENCY.value))
        .when(failed & stage.is_in(PROVIDERS_STAGES))
        .then(pl.lit(Awaited.PROVIDER.value))
        .otherwise(_usual(stage, model))
    )


def _usual(stage: pl.Expr, model: Streams | None) -> pl.Expr:
    """What is waited for at a stage as a rule."""
    words = {name: each.waits_for for name, each in model.stages.items()} if model else {}
    return (
        stage.replace_strict(words, default=Awaited.SCHEDULE.value, return_dtype=pl.String)
        if words
        else pl.lit(Awaited.SCHEDULE.value)
    )
