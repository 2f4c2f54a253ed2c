"""The event record, as it is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

import polars as pl

from headrace.model.event import EVENT_SCHEMA, Event, Kind
from headrace.store.journal import Journal, Segments
from headrace.store.lake import Lake


class Whose(TypedDict):
    """What an item belongs to, where that is one thing."""

    dataset: str | None
    organisation: str | None


class EventRecord:
    """The append-only table of events of one lake, as one run writes it and anybody reads it."""

    def __init__(self, lake: Lake, run: str = "reader", clock: Callable[[], datetime] | None = None) -> None:
        self._journal = Journal(lake.root / "event", EVENT_SCHEMA, run)
        self._run = run
        self._clock = clock

    def emit(
        self,
        item_type: str,
        item: str,
        stage: str,
        kind: Kind,
        *,
        dataset: str | None = None,
        organisation: str | None = None,
        reason: str | None = None,
        detail: str | None = None,
        actor: str = "headrace",
        at: datetime | None = None,
    ) -> None:
        """Record that something happened to an item: now, or at the moment that was read when it happened."""
        if at is None:
            if self._clock is None:
                raise ValueError("an event record that is only read has no clock to emit with")
            at = self._clock()
        event = Event(
            at=at,
            item_type=item_type,
            item=item,
            stage=stage,
            kind=kind,
            run=self._run,
            actor=actor,
            dataset=dataset,
            organisation=organisation,
            reason=reason,
            detail=detail,
        )
        self._journal.append(at, {name: getattr(event, name) for name in EVENT_SCHEMA})

    def add(self, events: pl.DataFrame) -> int:
        """Add many events (`EVENT_SCHEMA`) at once; those that are there change nothing. How many were not there."""
        new = events.unique("id", keep="first").join(self._journal.read().select("id"), on="id", how="anti")
        if new.height:
            self._journal.add_history(new.sort("stage", "item", "at"))
        return new.height

    def read(self, where: pl.Expr | None = None) -> pl.DataFrame:
        """Every event, or those for which `where` is true, oldest first, each once."""
        return self._journal.read(where).unique("id", keep="first").sort("at", "id")

    def segments(self) -> Segments:
        """What the record is made of: it differs whenever an event was added."""
        return self._journal.segments()

    def read_since(self, before: Segments) -> pl.DataFrame:
        """The events that were added after the segments were `before`, perhaps with some that were there already."""
        return self._journal.read_since(before)

    def version(self) -> str:
        """A short text that changes whenever an event is added."""
        return self._journal.version()

    def close(self) -> None:
        """End this run's part of the record."""
        self._journal.close()
