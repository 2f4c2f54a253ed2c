"""What a night works with."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from headrace.model.event import Stage
from headrace.run.plan import Plan
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake

Progress = Callable[[Stage, int, int], None]
"""Told of a stage, how many things it has done, and how many it has to do."""


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def say_nothing(stage: Stage, done: int, total: int) -> None:
    """Let progress pass without a word."""


@dataclass(frozen=True, slots=True)
class Night:
    """One night.

    Attributes:
        date: its day, ISO; an endpoint is asked once for each.
        run: name of this run of it, of which there can be several when one was interrupted.
        lake: where everything is kept.
        config, specification: folders the plan was read from; processes that help read them again.
        plan: what is to be done.
        events: where each thing that happens is recorded.
        executor: who converts and transforms; None does it here, one resource after the other.
        progress: who is told how far it is.
    """

    date: str
    run: str
    lake: Lake
    config: Path
    specification: Path
    plan: Plan
    events: EventRecord
    executor: Executor | None = None
    progress: Progress = say_nothing
