"""The past: what every measure was at earlier moments, told from the record as it was then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import polars as pl

from headrace.flow.night import last_run
from headrace.flow.record import PLACE, part_of
from headrace.flow.reference import find_measure
from headrace.flow.spells import spells
from headrace.flow.stream import Passages, Stream, measure
from headrace.flow.visits import visits
from headrace.model.stage import Streams

KEY: Final = [*PLACE, "visit"]


@dataclass(frozen=True, slots=True)
class PastMeasures:
    """The measures at several moments.

    Attributes:
        stages: `at`, and the columns of `Stream.stages`.
        streams: `at`, and the columns of `Stream.streams`.
    """

    stages: pl.DataFrame
    streams: pl.DataFrame


def past(passed: Passages, moments: Sequence[datetime], model: Streams) -> PastMeasures:
    """Every measure at each of the moments, of which there is at least one, of the events until it.

    A moment that is over stays as it was, unless history is imported: what was told once can be kept.
    """
    told = [measure(passages_at(passed, moment), moment, model) for moment in moments]
    return PastMeasures(
        stages=pl.concat([_dated(each, each.stages) for each in told], how="vertical_relaxed"),
        streams=pl.concat([_dated(each, each.streams) for each in told], how="vertical_relaxed"),
    )


def series(told: PastMeasures, reference: str) -> pl.DataFrame:
    """One measure over time: `at` and `value`, null where it could not be measured.

    Raises:
        MeasureError: the reference names no measure.
    """
    frame, key, name, column = find_measure(told.stages, told.streams, reference)
    return frame.filter(pl.col(key) == name).select("at", value=pl.col(column).cast(pl.Float64)).sort("at")


def passages_at(passed: Passages, moment: datetime) -> Passages:
    """What the record said at a moment: the passages of the events until it.

    Visits that were over then are as they are now; those that were not are read again from their events.
    """
    over = passed.visits.filter(pl.col("finished_at") <= moment)
    open_then = passed.visits.filter(
        (pl.col("ready_at") <= moment) & (pl.col("finished_at").is_null() | (pl.col("finished_at") > moment))
    ).select(KEY)
    until = part_of(passed.events, pl.col("at") <= moment)
    again = part_of(_of(until, open_then, "semi"), pl.lit(value=True))
    begun = passed.spells.filter(pl.col("started_at") <= moment)
    latest = until["at"].max()
    return Passages(
        events=until,
        visits=pl.concat([over, visits(again, passed.model)]).sort(KEY),
        spells=pl.concat([_of(begun, open_then, "anti"), spells(again)]).sort(*KEY, "started_at"),
        run=last_run(until),
        recorded_at=latest if isinstance(latest, datetime) else None,
        model=passed.model,
    )


def _of(frame: pl.DataFrame, keys: pl.DataFrame, how: Literal["semi", "anti"]) -> pl.DataFrame:
    """The rows that belong, or do not belong, to some visits; few items are compared in full."""
    maybe = pl.col("item").is_in(keys["item"].unique().implode())
    matched = frame.filter(maybe).join(keys, on=KEY, how=how, maintain_order="left")
    return matched if how == "semi" else pl.concat([frame.filter(~maybe), matched])


def _dated(measured: Stream, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.lit(measured.now).alias("at"), pl.all())
