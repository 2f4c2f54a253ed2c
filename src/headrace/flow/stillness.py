"""Stillness: inputs that used to change and have stopped to."""

from typing import Final

import polars as pl

from headrace.flow.duration import seconds

CHANGES: Final = 5
"""The fewest changes from which it can be said how often something changes."""

LONGER: Final = 2.0
"""How many times as long as ever before something has to be as it is to count as stopped."""

LOOKS: Final = pl.Schema(
    [("kind", pl.String()), ("input", pl.String()), ("at", pl.Datetime("us", "UTC")), ("said", pl.String())]
)
"""What was seen at inputs: each look at one of them, of some kind, and a text that is the same while it does not
change. Looks that found what the one before them found may be left out, except the last."""

STOPPED: Final = pl.Schema(
    [
        ("kind", pl.String()),
        ("input", pl.String()),
        ("changed_at", pl.Datetime("us", "UTC")),
        ("looked_at", pl.Datetime("us", "UTC")),
        ("still_s", pl.Float64()),
        ("longest_s", pl.Float64()),
        ("changes", pl.Int64()),
    ]
)
"""Inputs that have stopped: the last change of each and the last look at it, the seconds between the two, the longest
time between two changes, and how many there were."""


def stopped_inputs(looks: pl.DataFrame) -> pl.DataFrame:
    """Inputs that were looked at and have been the same for `LONGER` times as long as ever before.

    Takes `LOOKS`. Only inputs with at least `CHANGES` changes are judged; what they did before the first change is not
    known.

    Returns `STOPPED`, the longest still first.
    """
    turned = pl.col("said") != pl.col("said").shift(1).over("kind", "input")
    return (
        looks.sort("kind", "input", "at")
        .with_columns(changed=turned.fill_null(value=False))
        .group_by("kind", "input")
        .agg(
            looked_at=pl.col("at").last(),
            changed_at=pl.col("at").filter("changed").last(),
            longest_s=seconds(pl.col("at").filter("changed").diff().max()),
            changes=pl.col("changed").sum().cast(pl.Int64),
        )
        .with_columns(still_s=seconds(pl.col("looked_at") - pl.col("changed_at")))
        .filter((pl.col("changes") >= CHANGES) & (pl.col("still_s") > LONGER * pl.col("longest_s")))
        .select(STOPPED.names())
        .sort("still_s", "kind", "input", descending=[True, False, False])
    )
