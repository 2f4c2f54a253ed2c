"""The event record: something happened to an item at a stage, at a moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

import polars as pl


class Kind(StrEnum):
    """What happened."""

    READY = "ready"
    STARTED = "started"
    FINISHED = "finished"
    RETURNED = "returned"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    FAILED = "failed"
    SKIPPED = "skipped"
    ABANDONED = "abandoned"


class Stage(StrEnum):
    """The stages of the data stream, in the order of the way of one row."""

    COLLECT = "collect"
    CONVERT = "convert"
    TRANSFORM = "transform"
    ASSIGN = "assign"
    ASSEMBLE = "assemble"
    PUBLISH = "publish"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the event record; append-only, never replaced.

    Attributes:
        at: UTC with microseconds, read when the thing happened.
        item_type: `endpoint`, `resource`, `reference`, `dataset`, `release`, `provision`, `consideration` …
        item: the natural key of the item within its type.
        stage: where it happened: a name of the stage model, for the data stream one of `Stage`.
        kind: what happened.
        run: which run of the pipeline said so.
        attempt: number of the visit of this item to this stage, where more than one is possible.
        actor: who did it: a command, a person, a publisher.
        dataset, organisation: what the item belongs to, where that is one thing.
        reason: why, in a sentence, for kinds that are not the ordinary way.
        detail: anything else worth keeping, as JSON text. Of `blocked`: who or what blocks, as
            `{"by": {"type": "consideration", "item": "tree"}}`; the type is that of an item, or `person`.
    """

    at: datetime
    item_type: str
    item: str
    stage: str
    kind: Kind
    run: str
    attempt: int = 1
    actor: str = "headrace"
    dataset: str | None = None
    organisation: str | None = None
    reason: str | None = None
    detail: str | None = None

    @property
    def id(self) -> str:
        """32 hexadecimal characters of the SHA-256 of what is said, so that saying it twice changes nothing."""
        said = (self.at.isoformat(), self.item_type, self.item, self.stage, self.kind, self.run, str(self.attempt))
        return _hash("\x1f".join(said))


def _hash(said: str) -> str:
    return sha256(said.encode()).hexdigest()[:32]


EVENT_SCHEMA: Final = pl.Schema(
    [
        ("id", pl.String()),
        ("at", pl.Datetime("us", "UTC")),
        ("item_type", pl.String()),
        ("item", pl.String()),
        ("stage", pl.String()),
        ("kind", pl.String()),
        ("attempt", pl.Int64()),
        ("run", pl.String()),
        ("actor", pl.String()),
        ("dataset", pl.String()),
        ("organisation", pl.String()),
        ("reason", pl.String()),
        ("detail", pl.String()),
    ]
)
"""The event record as a frame: the attributes of `Event` and its id."""


def build_events(said: pl.DataFrame) -> pl.DataFrame:
    """The event record (`EVENT_SCHEMA`) of a frame that has some of the attributes of `Event`, each row with its id.

    Takes at least `at` (UTC), `item_type`, `item`, `stage`, `kind` and `run`. Where they are not said, `attempt` is 1
    and `actor` `headrace`; the rest is null.
    """
    given = {"attempt": pl.lit(1), "actor": pl.lit("headrace")}
    lacking = [
        given.get(name, pl.lit(None)).cast(kind).alias(name)
        for name, kind in EVENT_SCHEMA.items()
        if name not in said.columns
    ]
    events = said.with_columns(lacking).select(EVENT_SCHEMA.names()).cast(EVENT_SCHEMA)
    at = pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%S")
    fraction = pl.when(pl.col("at").dt.microsecond() != 0).then(pl.col("at").dt.strftime("%.6f")).otherwise(pl.lit(""))
    parts = (pl.concat_str(at, fraction, pl.lit("+00:00")), "item_type", "item", "stage", "kind", "run", "attempt")
    texts = events.select(pl.concat_str(*parts, separator="\x1f")).to_series()
    return events.with_columns(id=pl.Series([_hash(text) for text in texts], dtype=pl.String))
