"""The stage history of standards, as others recorded it: which word stood beside each consideration from which day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

import polars as pl

from headrace.model.attempt import RECORDED_ELSEWHERE
from headrace.model.event import EVENT_SCHEMA, Kind, build_events
from headrace.spec.stage_word import StageWord, State

RUN: Final = "stage-history"
ITEM_TYPE: Final = "consideration"
THERE: Final = (State.WAITS, State.WORKED)
"""What a word says of an item that is at its stage."""


@dataclass(frozen=True, slots=True)
class Step:
    """A word that stood beside a consideration from a day on, and the number of the line that says so."""

    line: int
    day: date
    item: str
    word: StageWord


@dataclass(slots=True)
class _Teller:
    """The events so far, and how often each consideration has come to each stage."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    visits: dict[tuple[str, str], int] = field(default_factory=dict)

    def say(self, step: Step, stage: str, kind: Kind, reason: str | None = None) -> None:
        at = datetime(step.day.year, step.day.month, step.day.day, tzinfo=UTC)
        if kind is Kind.READY:
            self.visits[step.item, stage] = self.visits.get((step.item, stage), 0) + 1
        attempt = self.visits[step.item, stage]
        self.rows.append((at, ITEM_TYPE, step.item, stage, kind.value, attempt, RUN, RECORDED_ELSEWHERE, reason))

    def events(self) -> pl.DataFrame:
        names = ("at", "item_type", "item", "stage", "kind", "attempt", "run", "actor", "reason")
        return build_events(pl.DataFrame(self.rows, schema={name: EVENT_SCHEMA[name] for name in names}, orient="row"))


def build_stage_events(steps: Sequence[Step], order: Sequence[str]) -> pl.DataFrame:
    """The events (`EVENT_SCHEMA`) of a history; `order` has the stages of the stream.

    A consideration is ready at a stage, and begun where the word says that it is worked on, on the day on which the
    word first stood beside it; for those of the first day of the history that may be long after it came there, and the
    reason says so. The stage it had before is finished when the new one comes later in the order or it has passed all,
    returned when it comes earlier, and abandoned when it has left. Another word for the same stage changes nothing, but
    that work may have begun. Of what had passed or left when it was first written down there are no events. Days have
    no hours: all is said to happen at midnight UTC.
    """
    first = min((step.day for step in steps), default=None)
    teller = _Teller()
    last: dict[str, StageWord] = {}
    for step in _in_order(steps):
        before, now = last.get(step.item), step.word
        last[step.item] = now
        stays = before is not None and before.state in THERE and now.state in THERE and before.stage == now.stage
        if not stays:
            if before is not None and before.state in THERE:
                _leave(teller, step, before, order)
            if now.state in THERE:
                began = "it was there when the history began" if step.day == first else None
                teller.say(step, now.stage, Kind.READY, began)
        if now.state is State.WORKED and not (stays and before is not None and before.state is State.WORKED):
            teller.say(step, now.stage, Kind.STARTED)
    return teller.events()


def _in_order(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (step.day, step.line))


def _leave(teller: _Teller, step: Step, before: StageWord, order: Sequence[str]) -> None:
    """Say how a consideration left the stage where it was."""
    now = step.word
    if now.state is State.GONE:
        teller.say(step, before.stage, Kind.ABANDONED, f"it is said to be {now.word}")
    elif now.state is State.DONE or order.index(now.stage) > order.index(before.stage):
        teller.say(step, before.stage, Kind.FINISHED)
    else:
        teller.say(step, before.stage, Kind.RETURNED, f"it is said to be in {now.word or 'no stage'} again")
