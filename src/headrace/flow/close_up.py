"""A close-up: everything that is known of one stage over time, for its page, its charts and the terminal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import polars as pl

from headrace.flow.duration import elapsed
from headrace.flow.forecast import REHEARSALS, REHEARSED_EVERY, SURE, WINDOWS, Forecast, forecast
from headrace.flow.levels import little
from headrace.flow.process_behaviour import process_behaviour
from headrace.flow.stream import Passages
from headrace.flow.survival import read_percentiles, surviving
from headrace.flow.throughput import daily, departures, rates
from headrace.flow.times import lead_times
from headrace.flow.visits import DEPARTED

SPAN: Final = timedelta(days=182)
"""How far back a close-up looks: half a year."""

PAST: Final = timedelta(days=max(WINDOWS) + REHEARSALS * REHEARSED_EVERY)
"""How far back a forecast looks."""

SHARES: Final = {"p50": 0.5, "p85": 0.85, "p95": 0.95}
"""The percentiles of lead time that are told, by name."""

LITTLE_APART: Final = 0.2
"""By how much the two sides of Little's law may differ before events are likely to be missing."""


@dataclass(frozen=True, slots=True)
class CloseUp:
    """One stage over time.

    Attributes:
        stage: its name.
        now, start: the moment, and since when the rest is told.
        days: what `headrace.flow.throughput.daily` returns.
        finished: visits that ended: `at`, `item_type`, `item`, `lead_s`, `outcome`, in order of time.
        lead: percentiles of the lead time by name, seconds; None where it is not known yet.
        lead_watched_s: the longest seen, which a percentile that is None exceeds; None where nothing was there.
        under_way: items that are there, the oldest first: `item_type`, `item`, `state` (`waiting`, `in progress`),
            `age_s` since it was ready, `waits_for`, `position` (1 the oldest), `overtaken_by`: how many that came later
            have left.
        behaviour: what `headrace.flow.process_behaviour` says about the median lead time of what ended each week.
        throughput: the same about how many left each week.
        curve: what `headrace.flow.survival.surviving` returns.
        orderly: whether what is there leaves more or less in the order in which it came: half of the items have been
            overtaken by no more than are there. Where it does not, the pace says nothing about those that are there.
        emptied: in how many days as many as are there now will have left; None where too little past is known.
        little: the row of `headrace.flow.levels.little`; None where nothing was there.
    """

    stage: str
    now: datetime
    start: datetime
    days: pl.DataFrame
    finished: pl.DataFrame
    lead: dict[str, float | None]
    lead_watched_s: float | None
    under_way: pl.DataFrame
    behaviour: pl.DataFrame
    throughput: pl.DataFrame
    curve: pl.DataFrame
    orderly: bool
    emptied: Forecast | None
    little: dict[str, float | None] | None


def close_up(
    passed: Passages, stage: str, now: datetime, chance: np.random.Generator, span: timedelta = SPAN
) -> CloseUp:
    """Everything that is known of a stage in the `span` of time that ends now, or since its first item came."""
    visits = passed.visits.filter(pl.col("stage") == stage)
    spells = passed.spells.filter(pl.col("stage") == stage)
    start = _start(visits, now, span)
    curve = surviving(lead_times(visits, start, now))
    found = read_percentiles(curve, SHARES).to_dicts()
    lead = found[0] if found else dict.fromkeys([*SHARES, "watched_s"])
    days = daily(visits, spells, stage, start, now)
    finished = _finished(visits, start)
    under_way = under_way_at(visits, now)
    there = visits.filter(pl.col("finished_at").is_null() | (pl.col("finished_at") > start))
    checked = little(there, start, now).drop("stage").to_dicts()
    return CloseUp(
        stage=stage,
        now=now,
        start=start,
        days=days,
        finished=finished,
        lead={name: lead[name] for name in SHARES},
        lead_watched_s=lead["watched_s"],
        under_way=under_way,
        behaviour=process_behaviour(_weekly(finished, pl.col("lead_s").median())),
        throughput=process_behaviour(_weekly_count(days)),
        curve=curve.drop("stage"),
        orderly=is_orderly(under_way),
        emptied=forecast_stage(passed, stage, now, under_way.height, chance),
        little=checked[0] if checked else None,
    )


def _start(visits: pl.DataFrame, now: datetime, span: timedelta) -> datetime:
    first = visits["ready_at"].min()
    youngest = now - timedelta(days=1)
    return min(max(now - span, first), youngest) if isinstance(first, datetime) else youngest


def _finished(visits: pl.DataFrame, start: datetime) -> pl.DataFrame:
    return (
        visits.filter(DEPARTED & (pl.col("finished_at") > start))
        .select(
            "item_type",
            "item",
            "outcome",
            at="finished_at",
            lead_s=elapsed(pl.col("ready_at"), pl.col("finished_at")),
        )
        .sort("at", "item_type", "item")
    )


TABLES: Final[Mapping[str, Callable[[CloseUp], pl.DataFrame]]] = {
    "flow": lambda close: close.days,
    "cycle-times": lambda close: close.finished,
    "ageing": lambda close: close.under_way,
    "behaviour": lambda close: close.behaviour,
    "throughput": lambda close: close.throughput,
    "survival": lambda close: close.curve.select("age_s", "watched", "ends", "surviving"),
    "rates-by-day": lambda close: rates(close.days, "day"),
    "rates-by-week": lambda close: rates(close.days, "week"),
    "rates-by-month": lambda close: rates(close.days, "month"),
}
"""The numbers of a close-up by name, with arrivals and departures per day, week and month."""


LONG: Final = ("cycle-times", "survival")
"""The tables with a row for everything that ever left: a hundred thousand where half a year of nights is told."""


def tell(close: CloseUp) -> dict[str, object]:
    """What a close-up knows, as a document; the `LONG` tables are left out."""
    ends = close.emptied.moments(close.now) if close.emptied else (None,) * len(SURE)
    return {
        "now": close.now,
        "since": close.start,
        "stage": close.stage,
        "lead_s": close.lead,
        "lead_watched_s": close.lead_watched_s,
        "orderly": close.orderly,
        "emptied_by": dict(zip(SURE, ends, strict=True)),
        "little": close.little,
        **{name.replace("-", "_"): table(close).to_dicts() for name, table in TABLES.items() if name not in LONG},
    }


def chance_of(now: datetime) -> np.random.Generator:
    """The draws of a day: a forecast that is looked at twice says the same."""
    return np.random.default_rng(now.toordinal())


def under_way_at(visits: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """The items that are at a stage, of its visits: `under_way` of its close-up."""
    came = visits.filter(pl.col("ready_at") <= now)
    left = came.filter(DEPARTED)["ready_at"].sort()
    there = came.filter(~DEPARTED).sort("ready_at", "item_type", "item")
    return there.select(
        "item_type",
        "item",
        state=pl.when(pl.col("waits_for").is_null()).then(pl.lit("in progress")).otherwise(pl.lit("waiting")),
        age_s=elapsed(pl.col("ready_at"), pl.lit(now)),
        waits_for="waits_for",
        position=pl.int_range(1, pl.len() + 1),
        overtaken_by=left.len() - left.search_sorted(there["ready_at"], side="right").cast(pl.Int64),
    )


def is_orderly(under_way: pl.DataFrame) -> bool:
    """Whether half of what is at a stage has been overtaken by no more than are there; so it is where nothing is."""
    overtaken = under_way["overtaken_by"].median()
    return not isinstance(overtaken, float) or overtaken <= under_way.height


def forecast_stage(
    passed: Passages, stage: str, now: datetime, needed: int, chance: np.random.Generator
) -> Forecast | None:
    """In how many days so many of those that are at a stage will have left; None where too little past is known.

    For as many as are there that is when the queue of today will be gone, for the `position` of an item when that will
    be done, if what is there is taken in the order of age.
    """
    return forecast(departures(daily(passed.visits, passed.spells, stage, now - PAST, now)), needed, chance)


def _weekly(finished: pl.DataFrame, measure: pl.Expr) -> pl.DataFrame:
    return finished.group_by(at=pl.col("at").dt.truncate("1w")).agg(value=measure)


def _weekly_count(days: pl.DataFrame) -> pl.DataFrame:
    return rates(days, "week").select(at=pl.col("since").cast(pl.Datetime("us", "UTC")), value="departed")
