"""How an invented item passes through a stream: it waits, is worked on, sent back, blocked, or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import log
from random import Random
from typing import Final

import orjson

from headrace.model.event import Kind
from headrace.model.stage import StageModel
from headrace.simulate.history.tale import Tale

SPREAD: Final = 0.8
"""Standard deviation of the logarithm of waits and of work: one in six takes more than twice as long as usual."""

OPENS, CLOSES = 9, 17
"""Hours between which people work, Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How things go at the stages of a stream.

    Attributes:
        wait_share: how long things usually wait, as a share of what is expected of the stage.
        sent_back: by stage, the chance that it sends an item back to the stage before it.
        blocked: by stage, the chance that an item is blocked there for a while.
        given_up: by stage, the chance that an item ends there.
        reasons: by stage, what is said where it sends back, blocks or gives up.
        blockers: by stage, whom it waits for where it is blocked.
    """

    wait_share: float = 0.5
    sent_back: Mapping[str, float] = field(default_factory=dict)
    blocked: Mapping[str, float] = field(default_factory=dict)
    given_up: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    blockers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """An invented item: its type and key, and what it belongs to."""

    item_type: str
    key: str
    dataset: str | None = None
    organisation: str | None = None


def pass_through(
    tale: Tale, random: Random, item: Item, stages: Sequence[StageModel], habits: Habits, start: datetime
) -> datetime | None:
    """Tell how an item passes through stages from a moment on; when it has passed, None if it was given up."""
    at, number = start, 0
    while number < len(stages):
        stage = stages[number]
        _say(tale, item, stage, Kind.READY, at)
        waited = timedelta(seconds=_draw(random, (stage.expected_wait_s or 0) * habits.wait_share))
        if random.random() < habits.blocked.get(stage.stage, 0):
            who = habits.blockers.get(stage.stage)
            by = orjson.dumps({"by": {"type": "person", "item": who}}).decode() if who else None
            _say(tale, item, stage, Kind.BLOCKED, at + waited / 4, habits.reasons.get(stage.stage), by)
            _say(tale, item, stage, Kind.UNBLOCKED, at + waited)
            waited *= 1.2
        begun = _at_work(random, at + waited, stage)
        ended = begun + timedelta(seconds=_draw(random, (stage.expected_work_s or 0) * 0.6))
        _say(tale, item, stage, Kind.STARTED, begun)
        if random.random() < habits.given_up.get(stage.stage, 0):
            _say(tale, item, stage, Kind.ABANDONED, ended, habits.reasons.get(stage.stage))
            return None
        if number and random.random() < habits.sent_back.get(stage.stage, 0):
            _say(tale, item, stage, Kind.RETURNED, ended, habits.reasons.get(stage.stage))
            number -= 1
        else:
            _say(tale, item, stage, Kind.FINISHED, ended)
            number += 1
        at = ended
    return at


def _say(
    tale: Tale,
    item: Item,
    stage: StageModel,
    kind: Kind,
    at: datetime,
    reason: str | None = None,
    detail: str | None = None,
) -> None:
    whose = {"dataset": item.dataset, "organisation": item.organisation}
    tale.say(at, item.item_type, item.key, stage.stage, kind, reason=reason, detail=detail, **whose)


def _draw(random: Random, usual_s: float) -> float:
    return random.lognormvariate(log(usual_s), SPREAD) if usual_s else 0.0


def _at_work(random: Random, at: datetime, stage: StageModel) -> datetime:
    """The moment, or, where people do the work, the next at which they are at it."""
    if stage.role == "pipeline":
        return at
    if not OPENS <= at.hour < CLOSES:
        day = at if at.hour < OPENS else at + timedelta(days=1)
        at = day.replace(hour=OPENS, minute=random.randrange(60), second=random.randrange(60))
    return at + timedelta(days=max(0, 7 - at.weekday()) if at.weekday() > 4 else 0)
