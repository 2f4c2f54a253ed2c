"""From the collection log to the history of each endpoint."""

import polars as pl

from headrace.collect.schedule import History


def read_histories(attempts: pl.DataFrame) -> dict[str, History]:
    """The history of every endpoint in the log, by endpoint; arguments as of `tell_histories`."""
    return {row.pop("endpoint"): History(**row) for row in tell_histories(attempts).iter_rows(named=True)}


def tell_histories(attempts: pl.DataFrame) -> pl.DataFrame:
    """One row for each endpoint in the log: `endpoint` and the attributes of `History`.

    A night with several attempts is good when one of them was.

    Args:
        attempts: columns `endpoint`, `night`, `resource` and `reason` of `ATTEMPT_SCHEMA`, in order of time.
    """
    night = pl.col("night")
    asked = attempts.group_by("endpoint").agg(
        first_on=night.min(), last_on=night.max(), succeeded_on=night.filter(pl.col("resource").is_not_null()).max()
    )
    failed = (
        attempts.select("endpoint", "night", "reason")
        .join(asked.select("endpoint", "succeeded_on"), on="endpoint", maintain_order="left")
        .filter(pl.col("succeeded_on").is_null() | (night > pl.col("succeeded_on")))
        .group_by("endpoint")
        .agg(failing_since=night.min(), failures=night.n_unique().cast(pl.Int64), reason=pl.col("reason").last())
    )
    return asked.join(failed, on="endpoint", how="left").with_columns(
        pl.col("first_on", "last_on", "succeeded_on", "failing_since").str.to_date(), pl.col("failures").fill_null(0)
    )
