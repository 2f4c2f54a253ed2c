"""The facts of a week, of which its note is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from headrace.model.week import Week


@dataclass(frozen=True, slots=True)
class Asked:
    """How collecting went in a week.

    Attributes:
        attempts, failed: askings of endpoints, and those that were answered with an error or not at all.
        unusable: those that were answered with something that is no data.
        nights: on which any was asked.
    """

    attempts: int = 0
    failed: int = 0
    unusable: int = 0
    nights: int = 0

    @property
    def failed_share(self) -> float | None:
        """The share of attempts that failed; None where there was none."""
        return self.failed / self.attempts if self.attempts else None


@dataclass(frozen=True, slots=True)
class ReleaseLive:
    """A release that went live in the week.

    Attributes:
        release: its id.
        live_at: when.
        changed: what it changed, in a sentence; None where that is not known any more.
        address: where its changes are.
    """

    release: str
    live_at: datetime
    changed: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A key result as it stood at the end of the week.

    Attributes:
        title: what is to be reached.
        said: how it stands, in words.
        address: where it is seen.
    """

    title: str
    said: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """What is known of a week.

    Attributes:
        week: which.
        until: up to when it is told: to its end, or so far.
        lists: what happened, as `headrace.flow.week` lists it.
        before: how many rows each list had in the week before.
        asked, asked_before: how collecting went in it, and in the week before.
        missed: the nights of it without a run, where the log goes on after them.
        addresses: the URL of endpoints.
        constraint: the stage at which most waited longest in the four weeks to its end, and how many on average.
        releases: those that went live in it.
        goals: the key results, as they stood at its end.
    """

    week: Week
    until: datetime
    lists: Mapping[str, pl.DataFrame]
    before: Mapping[str, int]
    asked: Asked
    asked_before: Asked
    missed: Sequence[date] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    constraint: tuple[str, float] | None = None
    releases: Sequence[ReleaseLive] = ()
    goals: Sequence[Goal] = ()
