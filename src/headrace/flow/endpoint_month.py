"""Endpoints by month: how each did in each month, and the sums of that.

The rows of a month are the list behind every number of it.
"""

from datetime import date
from enum import StrEnum
from typing import Final

import polars as pl

from headrace.flow.repair import GIVEN_UP_NIGHTS


class Shown(StrEnum):
    """Which endpoints of a month are listed, and counted."""

    ALL = "all"
    OK = "ok"
    FAILING = "failing"
    FAILING_DAYS = "failing-days"
    FAILING_WEEKS = "failing-weeks"
    FAILING_MONTHS = "failing-months"
    FAILING_YEARS = "failing-years"
    ANSWERING = "answering"
    ADDED = "added"
    NEWLY_FAILING = "newly-failing"
    RECOVERED = "recovered"
    LOST = "lost"
    WITH_FAILED = "with-failed"
    WITH_UNUSABLE = "with-unusable"


WEEKS_FROM, MONTHS_FROM, YEARS_FROM = 7, 30, 365
"""Days of failing from which the next state begins."""

FAILING_DAYS: Final = pl.col("failing_days")

LISTED: Final = {
    Shown.ALL: pl.col("attempts") > 0,
    Shown.OK: FAILING_DAYS.is_null(),
    Shown.FAILING: FAILING_DAYS.is_not_null(),
    Shown.FAILING_DAYS: FAILING_DAYS < WEEKS_FROM,
    Shown.FAILING_WEEKS: (FAILING_DAYS >= WEEKS_FROM) & (FAILING_DAYS < MONTHS_FROM),
    Shown.FAILING_MONTHS: (FAILING_DAYS >= MONTHS_FROM) & (FAILING_DAYS < YEARS_FROM),
    Shown.FAILING_YEARS: FAILING_DAYS >= YEARS_FROM,
    Shown.ANSWERING: FAILING_DAYS.is_not_null() & pl.col("answers"),
    Shown.ADDED: pl.col("added"),
    Shown.NEWLY_FAILING: pl.col("spells_started") > 0,
    Shown.RECOVERED: pl.col("spells_ended") > 0,
    Shown.LOST: pl.col("lost"),
    Shown.WITH_FAILED: pl.col("failed") > 0,
    Shown.WITH_UNUSABLE: pl.col("unusable") > 0,
}
"""Which rows of `endpoint_months` are listed under each word: what is counted is what is listed."""

MEANING: Final = {
    Shown.ALL: "asked",
    Shown.OK: "OK at the end of the month",
    Shown.FAILING: "failing at the end of the month",
    Shown.FAILING_DAYS: f"failing for less than {WEEKS_FROM} days",
    Shown.FAILING_WEEKS: f"failing for {WEEKS_FROM} to {MONTHS_FROM - 1} days",
    Shown.FAILING_MONTHS: f"failing for {MONTHS_FROM} to {YEARS_FROM - 1} days",
    Shown.FAILING_YEARS: f"failing for {YEARS_FROM} days or more",
    Shown.ANSWERING: "failing although they answer: what they answer is no data",
    Shown.ADDED: "asked for the first time",
    Shown.NEWLY_FAILING: "that began to fail in the month",
    Shown.RECOVERED: "that recovered in the month",
    Shown.LOST: "not asked any more afterwards",
    Shown.WITH_FAILED: "with an attempt that failed",
    Shown.WITH_UNUSABLE: "with an answer that is no data",
}
"""What an endpoint is that is listed under each word, after "endpoints"."""

STATES: Final = (Shown.OK, Shown.FAILING_DAYS, Shown.FAILING_WEEKS, Shown.FAILING_MONTHS, Shown.FAILING_YEARS)
"""The states of an endpoint, each being in one of them: the good one, then those that fail, the youngest first."""


def endpoint_months(nights: pl.DataFrame) -> pl.DataFrame:
    """One row for every month in which an endpoint was asked, by month and endpoint.

    Takes what `headrace.flow.failing.endpoint_nights` returns. Returns `month` (such as `2020-06`), `endpoint`,
    `nights`, `attempts`, `failed`, `unusable`, `rows`, `last_on`, `reason` (of the last that failed in the month),
    `spells_started`, `spells_ended`, `added` and `lost` (whether it was first asked in this month, or last and then for
    at least `GIVEN_UP_NIGHTS` nights no more), and as it was on the last night of the month on which it was asked:
    `failing_since`, `failing_days` (null where it did not fail) and `answers` (whether it answered then, with no data).
    """
    first, last = pl.col("night").min().over("endpoint"), pl.col("number").max().over("endpoint")
    nights_since = pl.col("number").max() - pl.col("number")
    return (
        nights.with_columns(
            month=pl.col("night").dt.strftime("%Y-%m"),
            first=pl.col("night") == first,
            last=(pl.col("number") == last) & (nights_since >= GIVEN_UP_NIGHTS),
        )
        .group_by("month", "endpoint", maintain_order=True)
        .agg(
            nights=pl.len(),
            **{name: pl.col(name).sum() for name in ("attempts", "failed", "unusable", "rows")},
            last_on=pl.col("night").last(),
            failing_since=pl.col("failing_since").last(),
            answers=pl.col("unusable").last() > 0,
            reason=pl.col("reason").filter(~pl.col("good")).last(),
            spells_started=pl.col("begins").sum(),
            spells_ended=pl.col("ends").sum(),
            added=pl.col("first").any(),
            lost=pl.col("last").any(),
        )
        .with_columns(failing_days=(pl.col("last_on") - pl.col("failing_since")).dt.total_days())
        .sort("month", pl.col("endpoint").cast(pl.String))
    )


def month_totals(months: pl.DataFrame, nights: pl.DataFrame) -> pl.DataFrame:
    """One row for every month from the first to the last of the log, those without a night included.

    Takes what `endpoint_months` and `headrace.flow.failing.endpoint_nights` return. Returns `month`; `attempts`,
    `failed`, `unusable` (answered, with no data); `failed_share`, null where there was no attempt; `rows` (of the log
    that tell of the attempts); `spells_started`, `spells_ended`; how many endpoints are listed under each word of
    `Shown`, as `endpoints` that were asked, `endpoints_failing` and so on; `nights` with an attempt and
    `nights_missed` without any.
    """
    sums = [pl.col(name).sum() for name in ("attempts", "failed", "unusable", "rows", "spells_started", "spells_ended")]
    counts = [LISTED[shown].sum().alias(column_of(shown)) for shown in Shown]
    summed = months.group_by("month").agg(*sums, *counts)
    totals = _calendar(nights).join(summed, on="month", how="left", maintain_order="left")
    share = pl.when(pl.col("attempts") > 0).then(pl.col("failed") / pl.col("attempts"))
    return totals.select(
        "month",
        *(pl.col(name).fill_null(0).cast(pl.Int64) for name in ("attempts", "failed", "unusable")),
        share.alias("failed_share"),
        *(pl.col(name).fill_null(0).cast(pl.Int64) for name in summed.columns[4:]),
        *(pl.col(name).cast(pl.Int64) for name in ("nights", "nights_missed")),
    )


def column_of(shown: Shown) -> str:
    """The column of `month_totals` that counts what is listed under a word."""
    return "endpoints" if shown is Shown.ALL else f"endpoints_{shown.value.replace('-', '_')}"


def missed_nights(nights: pl.DataFrame) -> list[date]:
    """The nights from the first to the last of the log on which nobody was asked."""
    held = nights.select("night").unique()
    if held.is_empty():
        return []
    whole = held.select(pl.date_ranges(pl.col("night").min(), pl.col("night").max(), "1d").explode())
    return whole.join(held, on="night", how="anti", maintain_order="left")["night"].to_list()


def _calendar(nights: pl.DataFrame) -> pl.DataFrame:
    """Every month of the log, with its nights and those that were missed."""
    held = nights["night"].unique()
    missed = pl.Series("night", missed_nights(nights), dtype=pl.Date)
    days = pl.concat([held.to_frame().with_columns(held=True), missed.to_frame().with_columns(held=False)])
    month = pl.col("night").dt.strftime("%Y-%m").alias("month")
    counted = days.group_by(month).agg(nights=pl.col("held").sum(), nights_missed=(~pl.col("held")).sum())
    return counted.sort("month")
