"""The three clocks of an endpoint: when it was asked, when its bytes changed, and what date is inside them.

They tell three different things that one word, "updated", mixes up: a register can be asked every night, change its
bytes every night for the sake of a time stamp, and say nothing newer than three years ago.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from headrace.store.lake import Lake
from headrace.store.results import Results

DATE: Final = r"^\d{4}-\d\d-\d\d$"


@dataclass(frozen=True, slots=True)
class Inside:
    """The newest date that is not ahead, among those that the publisher says.

    Attributes:
        on: that date.
        field, dataset: of which field it is the value, in which dataset.
    """

    on: date
    field: str
    dataset: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the three clocks show.

    Attributes:
        asked_at: when it was last asked.
        changed_at: when it first answered with the bytes that it answered with last; None when it never did.
        inside: the newest date in those bytes; None where they were not read, or hold none.
    """

    asked_at: datetime
    changed_at: datetime | None = None
    inside: Inside | None = None


def read_clocks(lake: Lake, attempts: pl.DataFrame, today: date) -> Clocks:
    """What the clocks of one endpoint show.

    Args:
        attempts: all of it, as `ATTEMPT_SCHEMA`; at least one.
        today: dates after it are plans or slips, and not looked at.
    """
    in_order = attempts.sort("finished_at")
    asked_at = in_order["finished_at"][-1]
    good = in_order.filter(pl.col("resource").is_not_null())
    if good.is_empty():
        return Clocks(asked_at)
    others = good.filter(pl.col("resource") != good["resource"][-1])
    since = others["finished_at"].max()
    unchanged = good if since is None else good.filter(pl.col("finished_at") > since)
    return Clocks(asked_at, unchanged["finished_at"][0], _newest_inside(lake, good, today))


def _newest_inside(lake: Lake, good: pl.DataFrame, today: date) -> Inside | None:
    """Of the last resource, or of one that says the same and was read in its place."""
    last = good.row(-1, named=True)
    alike = good.filter(
        (pl.col("resource") == last["resource"]) | (pl.col("content") == pl.lit(last["content"], pl.String))
    )
    results = Results(lake)
    for resource in reversed(alike["resource"].unique(maintain_order=True).to_list()):
        read = {dataset: results.latest(dataset, resource) for dataset in _datasets(lake)}
        nights = alike["night"].unique()
        found = [_newest(folder, dataset, nights, today) for dataset, folder in read.items() if folder is not None]
        if found:
            return max((each for each in found if each is not None), key=lambda each: each.on, default=None)
    return None


def _datasets(lake: Lake) -> list[str]:
    folder = lake.root / "transformed"
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


def _newest(folder: Path, dataset: str, nights: pl.Series, today: date) -> Inside | None:
    """In one result. An entry date that is a night on which the bytes were answered was filled in here."""
    filled_in = (pl.col("field") == "entry-date") & pl.col("value").is_in(nights.implode())
    dates = (
        pl.scan_parquet(folder / "facts.*.parquet")
        .filter(pl.col("field").str.ends_with("-date"), ~filled_in)
        .filter(pl.col("value").str.contains(DATE), pl.col("value") <= today.isoformat())
        .select("value", "field")
        .sort("value", "field")
        .tail(1)
        .collect()
    )
    return Inside(date.fromisoformat(dates["value"][0]), dates["field"][0], dataset) if dates.height else None
