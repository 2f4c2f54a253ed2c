"""Failing endpoints: how each night of each went, and the spells in which it failed.

A night of an endpoint is good when one of its attempts gave a resource. A spell of failure begins with the first night
that failed since the last good one, or with the first of all, and ends with the next good night. One that was given up
(`headrace.flow.repair`) has no end, and another begins if it is asked again and still fails.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

from headrace.flow.duration import DAY_S
from headrace.flow.repair import GIVEN_UP_NIGHTS
from headrace.flow.survival import percentiles, surviving

ANSWERED: Final = 200
"""The status of an answer with a body."""

GOOD: Final = pl.col("resource").is_not_null()
"""The attempt gave a resource, new or known."""

UNUSABLE: Final = ~GOOD & (pl.col("status") == ANSWERED).fill_null(value=False)
"""The attempt was answered, with something that is no data, such as a page that says sorry."""

FAILED: Final = ~GOOD & (pl.col("status") != ANSWERED).fill_null(value=True)
"""The attempt was answered with an error, or not at all."""


def endpoint_nights(attempts: pl.DataFrame) -> pl.DataFrame:
    """One row for every night on which an endpoint was asked: each endpoint's together, in the order of time.

    Takes attempts with the columns `endpoint`, `night` (ISO day), `status`, `resource`, `reason` and `told` (how many
    rows of a log recorded elsewhere tell of it; null where it tells once).

    Returns `endpoint` (Categorical), `night` (Date), its `number` among the nights of the log, `attempts`, `failed` and
    `unusable` (how many of them were), `rows` (of the log they come from), `good`, `reason` of the last that failed,
    and of the spells of failure: `begins` and `ends` (whether this night did it), and `failing_since` (Date; null on a
    good night).
    """
    calendar = attempts.select(pl.col("night").unique().cast(pl.String)).sort("night").with_row_index("number")
    calendar = calendar.with_columns(pl.col("number").cast(pl.Int64), day=pl.col("night").str.to_date())
    # One number stands for the endpoint and the night: a million rows are grouped and sorted by it in half the time.
    place = pl.col("endpoint").to_physical().cast(pl.Int64) * calendar.height + pl.col("number")
    keyed = attempts.select(
        pl.col("endpoint", "night").cast(pl.Categorical),
        "reason",
        good=GOOD,
        failed=FAILED,
        unusable=UNUSABLE,
        told=pl.col("told").fill_null(1),
    ).join(calendar.with_columns(pl.col("night").cast(pl.Categorical)), on="night", how="left")
    nights = (
        keyed.with_columns(place=place)
        .group_by("place")
        .agg(
            pl.col("endpoint", "number").first(),
            night=pl.col("day").first(),
            attempts=pl.len(),
            failed=pl.col("failed").sum(),
            unusable=pl.col("unusable").sum(),
            rows=pl.col("told").sum(),
            good=pl.col("good").any(),
            reason=pl.col("reason").last(),
        )
        .sort("place")
        .drop("place")
    )
    same = pl.col("endpoint") == pl.col("endpoint").shift(1)
    was_given_up = pl.col("number") - pl.col("number").shift(1) > GIVEN_UP_NIGHTS
    was_failing = (same & ~pl.col("good").shift(1) & ~was_given_up).fill_null(value=False)
    begins, ends = ~pl.col("good") & ~was_failing, pl.col("good") & was_failing
    since = pl.when("begins").then("night").forward_fill()
    return nights.with_columns(begins=begins, ends=ends).with_columns(
        failing_since=pl.when(~pl.col("good")).then(since)
    )


def failures(nights: pl.DataFrame) -> pl.DataFrame:
    """The spells of failure in what `endpoint_nights` returns, by endpoint and beginning.

    Returns `endpoint`, `since`, `last_on` (the last night that failed), `ended_on` (the good night that ended it; null
    where none did), `nights` (that failed) and `days` from the beginning to the end, or as far as it was watched.
    """
    spell = pl.col("begins").cum_sum()
    return (
        nights.with_columns(spell=spell)
        .filter(~pl.col("good") | pl.col("ends"))
        .group_by("endpoint", "spell", maintain_order=True)
        .agg(
            since=pl.col("night").first(),
            last_on=pl.col("night").filter(~pl.col("good")).last(),
            ended_on=pl.col("night").filter("ends").first(),
            nights=(~pl.col("good")).sum(),
        )
        .with_columns(days=(pl.coalesce("ended_on", "last_on") - pl.col("since")).dt.total_days())
        .drop("spell")
    )


def failure_percentiles(spells: pl.DataFrame, shares: Iterable[float] = (0.5, 0.85)) -> dict[str, float | None]:
    """Days within which a share of failures is over, those that go on counted in: `{"p50_days": 4.0, …}`.

    Takes what `failures` returns. None where so many go on that the percentile is not known yet. `watched_days` is the
    longest that one was watched: an unknown percentile is longer.
    """
    names = {f"p{round(share * 100)}": share for share in shares}
    found = percentiles(_durations(spells), names).to_dicts()
    known = found[0] if found else {}
    seconds = {f"{name}_days": known.get(name) for name in names} | {"watched_days": known.get("watched_s")}
    return {name: value / DAY_S if value is not None else None for name, value in seconds.items()}


def failures_going_on(spells: pl.DataFrame) -> pl.DataFrame:
    """The share of failures that goes on after so many days, by `days` from 0.

    Takes what `failures` returns. Returns `days`, `with_open` (0–1; failures that go on are counted in, by the
    estimator of Kaplan and Meier) and `closed` (of those alone that have ended: what they say who forget the others).
    """
    durations = _durations(spells)
    known = [
        surviving(part).select(days=(pl.col("age_s") / DAY_S).round().cast(pl.Int64), share=pl.col("surviving"))
        for part in (durations, durations.filter("ended"))
    ]
    days = pl.concat([part.select("days") for part in known]).unique().sort("days")
    of_all, of_closed = (
        days.join(part, on="days", how="left", maintain_order="left").select(pl.col("share").forward_fill())["share"]
        for part in known
    )
    return days.with_columns(with_open=of_all, closed=of_closed)


def _durations(spells: pl.DataFrame) -> pl.DataFrame:
    """The spells as `headrace.flow.survival` takes durations."""
    return spells.select(
        stage=pl.lit("failing"), entry_s=0.0, exit_s=pl.col("days") * DAY_S, ended=pl.col("ended_on").is_not_null()
    )
