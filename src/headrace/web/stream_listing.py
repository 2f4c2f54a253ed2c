"""The lists behind the numbers of the stream: which items or events are asked for."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

import polars as pl
from pydantic import Field

from headrace.flow.awaited import Awaited
from headrace.flow.queue import items_in_progress, waiting_items
from headrace.model.event import Kind
from headrace.web.parameters import Parameters
from headrace.web.stream_choice import Chosen

MOST_ROWS: Final = 10_000
"""The most rows that one answer holds."""

Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows at most.")]
Offset = Annotated[int, Field(ge=0, description="How many rows to pass over.")]


class State(StrEnum):
    """Where in a stage an item can be."""

    WAITING = "waiting"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"


class PartParameters(Parameters):
    """Which part of a list is wanted."""

    limit: Limit = 100
    offset: Offset = 0


class ItemParameters(PartParameters, Chosen):
    """Which items of a stage are listed."""

    state: State = Field(State.WAITING, description="`failed` are those of the waiting whose last try failed.")
    waits_for: Awaited | None = Field(None, description="Only items that wait for this.")


class EventParameters(PartParameters):
    """Which events of a stage are listed."""

    run: str | None = Field(None, description="Only events of this run.")
    kind: Kind | None = Field(None, description="Only events of this kind.")


def cut(rows: pl.DataFrame, wanted: PartParameters) -> list[dict[str, object]]:
    """The part of a list that is wanted, as records."""
    return rows.slice(wanted.offset, wanted.limit).to_dicts()


def choose_items(visits: pl.DataFrame, stage: str, wanted: ItemParameters, now: datetime) -> pl.DataFrame:
    """The items asked for, the oldest first; all of them, whatever the limit."""
    if wanted.state is State.IN_PROGRESS:
        items = items_in_progress(visits, stage, now)
    else:
        items = waiting_items(visits, stage, now)
    if wanted.state is State.FAILED:
        items = items.filter(pl.col("outcome") == Kind.FAILED.value)
    return items.filter(pl.col("waits_for") == wanted.waits_for.value) if wanted.waits_for else items


def choose_events(events: pl.DataFrame, stage: str, wanted: EventParameters) -> pl.DataFrame:
    """The events asked for, the latest first; all of them, whatever the limit."""
    chosen = events.filter(pl.col("stage") == stage)
    if wanted.run is not None:
        chosen = chosen.filter(pl.col("run") == wanted.run)
    if wanted.kind is not None:
        chosen = chosen.filter(pl.col("kind").cast(pl.String) == wanted.kind.value)
    return chosen.sort("at", "row", descending=True)
