"""What happened in a week, as lists: the number of each is how many rows it has."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.repair import GIVEN_UP_NIGHTS
from headrace.flow.stream import Passages
from headrace.model.event import Kind

LIST: Final = ("item_type", "item", "at", "dataset", "organisation", "reason")
"""The columns of a list: which item, the moment that it is about, whose it is, and why."""

PASSED, FAILED, CAME, WAITS = "passed", "failed", "came", "waits"
"""What is told of a stage; `<one of these>-<stage>` is the name of the list."""

ADDED, LOST, BEGAN, RECOVERED, FAILING = "added", "lost", "newly-failing", "recovered", "failing"
"""What is told of endpoints, each being the name of a list."""


def stage_lists(passed: Passages, start: datetime, end: datetime) -> dict[str, pl.DataFrame]:
    """What came to each stage, passed it and failed at it from `start` to before `end`, and what was there at the end.

    An item that failed several times is listed once, with its latest failure; what is worked on at the end is listed
    among what waits. Lists without a row are left out. The earliest moment comes first.
    """
    visits = passed.visits
    inside = {name: pl.col(name).is_between(start, end, closed="left") for name in ("ready_at", "finished_at", "at")}
    is_open = pl.col("finished_at").is_null() | (pl.col("finished_at") >= end)
    failures = passed.events.filter(inside["at"] & (pl.col("kind").cast(pl.String) == Kind.FAILED.value))
    found = {
        PASSED: _listed(
            visits.filter(inside["finished_at"] & (pl.col("outcome") == Kind.FINISHED.value)), "finished_at"
        ),
        FAILED: _listed(failures.sort("at").unique(["stage", "item_type", "item"], keep="last"), "at"),
        CAME: _listed(visits.filter(inside["ready_at"]), "ready_at"),
        WAITS: _listed(visits.filter((pl.col("ready_at") < end) & is_open), "ready_at"),
    }
    return {
        f"{name}-{stage}": rows.select(LIST)
        for name, listed in found.items()
        for (stage,), rows in listed.partition_by("stage", as_dict=True, maintain_order=True).items()
    }


def endpoint_lists(nights: pl.DataFrame, start: datetime, end: datetime) -> dict[str, pl.DataFrame]:
    """The endpoints that were added, lost, began to fail or recovered in a period, and those that fail at its end.

    The period is from `start` to before `end`. Takes what `headrace.flow.failing.endpoint_nights` returns. An endpoint
    is lost on the last night on which it was asked, if it was not for `GIVEN_UP_NIGHTS` nights of the log after it.
    """
    first_day, last_day = start.date(), end.date()
    night, number = pl.col("night"), pl.col("number")
    inside = night.is_between(first_day, last_day, closed="left")
    of_week, until = nights.filter(inside), nights.filter(night < last_day)
    ends = nights["endpoint"].ne_missing(nights["endpoint"].shift(-1))
    starts = nights["endpoint"].ne_missing(nights["endpoint"].shift(1))
    last_then = until.filter(until["endpoint"].ne_missing(until["endpoint"].shift(-1)))
    found = {
        ADDED: nights.filter(starts & inside),
        LOST: nights.filter(ends & inside & (number.max() - number >= GIVEN_UP_NIGHTS)),
        BEGAN: of_week.filter("begins"),
        RECOVERED: of_week.filter("ends"),
        # Who was not asked on the last four weeks of nights was given up by then.
        FAILING: last_then.filter(~pl.col("good") & (number.max() - number < GIVEN_UP_NIGHTS)).with_columns(
            night="failing_since"
        ),
    }
    return {name: _endpoints(rows) for name, rows in found.items() if rows.height}


def asked_in(nights: pl.DataFrame, start: datetime, end: datetime) -> Mapping[str, int]:
    """How many `attempts` were made from `start` to before `end`, `failed` or were `unusable`; on how many `nights`."""
    inside = nights.filter(pl.col("night").is_between(start.date(), end.date(), closed="left"))
    return {
        "attempts": int(inside["attempts"].sum()),
        "failed": int(inside["failed"].sum()),
        "unusable": int(inside["unusable"].sum()),
        "nights": inside["night"].n_unique(),
    }


def _listed(rows: pl.DataFrame, moment: str) -> pl.DataFrame:
    return rows.select("stage", "item_type", "item", "dataset", "organisation", "reason", at=moment).sort("at", "item")


def _endpoints(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        item_type=pl.lit("endpoint"),
        item=pl.col("endpoint").cast(pl.String),
        at=pl.col("night").cast(pl.Datetime("us", "UTC")),
        dataset=pl.lit(None, pl.String),
        organisation=pl.lit(None, pl.String),
        reason="reason",
    ).sort("at", "item")
