"""Part of the stream: the passages of one dataset, organisation or stream, or since a moment."""

from dataclasses import replace
from datetime import datetime
from typing import Final

import polars as pl

from headrace.flow.record import PLACE, part_of
from headrace.flow.stream import Passages
from headrace.model.stage import StreamModel

KEY: Final = [*PLACE, "visit"]

SHARED: Final = "release"
"""The type of item that belongs to no dataset because it belongs to all."""


def choose(
    passed: Passages,
    dataset: str | None = None,
    organisation: str | None = None,
    stream: StreamModel | None = None,
    since: datetime | None = None,
) -> Passages:
    """The passages that belong to what is named; what is None does not narrow the choice.

    Of a dataset or organisation are the visits that say so, and every release; of an organisation also what is done
    with the datasets that it has visits for, because its data passes there with that of others. `since` leaves out
    visits that ended before it. Which run was the latest and when the latest event was stays as it is.
    """
    if dataset is None and organisation is None and stream is None and since is None:
        return passed
    chosen = passed.visits
    if stream is not None:
        chosen = chosen.filter(pl.col("stage").is_in([stage.stage for stage in stream.stages]))
    if since is not None:
        chosen = chosen.filter(pl.col("finished_at").is_null() | (pl.col("finished_at") >= since))
    if dataset is not None:
        chosen = chosen.filter((pl.col("dataset") == dataset) | (pl.col("item_type") == SHARED))
    if organisation is not None:
        own = chosen.filter(pl.col("organisation") == organisation)
        gathered = (pl.col("item_type") == "dataset") & pl.col("dataset").is_in(own["dataset"].unique().implode())
        chosen = chosen.filter((pl.col("organisation") == organisation) | gathered | (pl.col("item_type") == SHARED))
    keys = chosen.select(KEY)
    events = passed.events.join(keys, on=KEY, how="semi", maintain_order="left")
    return replace(
        passed,
        events=part_of(events, pl.lit(value=True)),
        visits=chosen,
        spells=passed.spells.join(keys, on=KEY, how="semi", maintain_order="left"),
    )
