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
    nights = attempts.group_by("endpoint", "night").agg(
        good=pl.col("resource").is_not_null().any(), reason=pl.col("reason").last()
    )
    good_on = pl.col("night").filter("good").max()
    failed = nights.with_columns(succeeded_on=good_on.over("endpoint")).with_columns(
        failed=pl.col("succeeded_on").is_null() | (pl.col("night") > pl.col("succeeded_on"))
    )
    since = pl.col("night").filter("failed")
    return (
        failed.sort("night")
        .group_by("endpoint")
        .agg(
            first_on=pl.col("night").min().str.to_date(),
            last_on=pl.col("night").max().str.to_date(),
            succeeded_on=pl.col("succeeded_on").first().str.to_date(),
            failing_since=since.min().str.to_date(),
            failures=since.len().cast(pl.Int64),
            reason=pl.col("reason").filter("failed").last(),
        )
    )
