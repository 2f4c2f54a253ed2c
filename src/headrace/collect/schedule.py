"""When an endpoint is asked, told of, or given up: judgements of its history.

An endpoint that answers, or that was never asked, is asked every night. One that fails is asked every night for the
first 7 days of its failing, every 2nd night from the 7th, every 4th from the 14th, and every 7th from the 30th. Its
publisher is told once it has failed for `tell_days`, and its retirement proposed once it has failed for `retire_days`;
one good answer ends all that. Days of failing are counted from the first night that failed since the last good one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

SLOWER: Final = ((30, 7), (14, 4), (7, 2), (0, 1))
"""Days of failing, and how many nights lie between two askings from then on; the longest first."""


@dataclass(frozen=True, slots=True)
class History:
    """What the collection log says of one endpoint.

    Attributes:
        first_on, last_on: the nights on which it was first and last asked.
        succeeded_on: the last night that gave a resource; None when none ever did.
        failing_since: the first night that failed after that; None when the last night was good.
        failures: nights in a row that failed.
        reason: why the last of them failed, where the log says so.
    """

    first_on: date
    last_on: date
    succeeded_on: date | None = None
    failing_since: date | None = None
    failures: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The next asking of an endpoint.

    Attributes:
        on: the night from which it is due.
        reason: why then, in a few words.
    """

    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long failing is borne.

    Attributes:
        tell_days: days of failing after which the publisher is told.
        retire_days: days of failing after which retirement is proposed.
    """

    tell_days: int = 7
    retire_days: int = 30


class Action(StrEnum):
    """What is to be done about an endpoint, the gentlest first."""

    NOTHING = "nothing"
    WAIT = "wait"
    TELL = "tell the publisher"
    RETIRE = "propose retirement"


def next_due(history: History | None, now: date) -> Due:
    """When an endpoint with this history is due.

    Args:
        history: of the nights before this one; None when it was never asked.
        now: this night, on which an endpoint that was never asked is due.
    """
    if history is None:
        return Due(now, "it was never asked")
    if history.failing_since is None:
        return Due(history.last_on + timedelta(days=1), "every night: it answers")
    failed_days = (history.last_on - history.failing_since).days
    nights = next(nights for days, nights in SLOWER if failed_days >= days)
    often = "every night" if nights == 1 else f"every {nights} nights"
    return Due(history.last_on + timedelta(days=nights), f"{often}: it fails since {history.failing_since}")


def next_action(history: History | None, now: date, patience: Patience) -> Action:
    """What is to be done about an endpoint with this history."""
    if history is None or history.failing_since is None:
        return Action.NOTHING
    failing_days = (now - history.failing_since).days
    if failing_days >= patience.retire_days:
        return Action.RETIRE
    return Action.TELL if failing_days >= patience.tell_days else Action.WAIT


def told_on(history: History, now: date, patience: Patience) -> date | None:
    """The day from which the publisher of a failing endpoint is told; None while that is to come, or not called for."""
    if history.failing_since is None:
        return None
    day = history.failing_since + timedelta(days=patience.tell_days)
    return day if day <= now else None
