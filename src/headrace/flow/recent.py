"""Recent passages: the part of the record that measures of a later time are made of."""

from dataclasses import replace
from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.record import PLACE, part_of
from headrace.flow.stream import Passages
from headrace.model.stage import Streams

KEY: Final = [*PLACE, "visit"]


def recent(passed: Passages, since: datetime, model: Streams) -> Passages:
    """The passages without what was over at `since`, of which many years of history mostly consist.

    Kept are the visits that went on, and all visits of items that are followed through a stream, because what has
    passed one stage and not yet come to the next one is on its way although no visit goes on. Numbers measured over a
    period that begins later than `since` are the same, with three exceptions. A stage at which nothing went on seems
    never to have been visited. A resource brought before `since`, and under way in the period, is taken to have begun
    when it was ready to be converted. And if nothing at all went on between `since` and the period, the record seems to
    begin within it.
    """
    visits = passed.visits
    if visits.is_empty():
        return passed
    on = pl.col("finished_at").is_null() | (pl.col("finished_at") >= since)
    followed = pl.col("item_type").is_in([stream.item_type for stream in model.streams])
    chosen = visits.filter(on | followed)
    if chosen.height == visits.height:
        return passed
    keys = chosen.select(KEY)
    events = passed.events.filter(pl.col("item").is_in(keys["item"].unique().implode()))
    return replace(
        passed,
        events=part_of(events.join(keys, on=KEY, how="semi", maintain_order="left"), pl.lit(value=True)),
        visits=chosen,
        spells=passed.spells.join(keys, on=KEY, how="semi", maintain_order="left"),
    )
