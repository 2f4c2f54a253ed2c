"""The nights of an invented half year: every endpoint is asked, may fail for a while, and at times brings news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Final

import orjson
import polars as pl

from headrace.collect.schedule import History, next_due
from headrace.model.attempt import ATTEMPT_SCHEMA, RECORDED_ELSEWHERE
from headrace.model.event import Kind, Stage
from headrace.simulate.chance import draw
from headrace.simulate.history.tale import SIMULATED, Tale

NIGHTS: Final = 182
"""How many nights there were."""

MISSED: Final = (9, 100, 101)
"""Nights before the last on which nothing ran."""

BEGINS: Final = time(3, 0, tzinfo=UTC)
"""When the night of a day begins, in the early morning of the next."""

FAILS: Final = 0.004
"""The chance, each night, that an endpoint stops to answer for a while."""

CHANGES: Final = 0.04
"""The chance, each night, that a publisher has worked on its file."""

REASONS: Final = ("HTTP 404", "HTTP 500", "no answer within 60 seconds", "the name of the host is not known")

UNREADABLE: Final = 0.04
"""The chance that a new file cannot be read."""

UNKNOWN: Final = 0.3
"""The chance that a new file has references that no entity has."""

GIVEN_UP: Final = timedelta(days=60)
"""How long before the end an endpoint that has ended was last asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An endpoint of the small England, as its past is invented.

    Attributes:
        endpoint, url, dataset, organisation: what it is, and whose.
        fails: whether it fails at the end.
        mended: whether it answers again soon after: its failing has only begun.
        ended: whether it was given up.
    """

    endpoint: str
    url: str
    dataset: str
    organisation: str
    fails: bool
    mended: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class Night:
    """One asking of an endpoint: on the night of which day, and the reason why it failed; None if it did not."""

    day: date
    reason: str | None


def tell_nights(tale: Tale, seed: int, endpoints: Sequence[Asked], until: date) -> pl.DataFrame:
    """Tell what became of what was collected up to the night of a day; the attempts are returned, as `ATTEMPT_SCHEMA`.

    The events of the attempts themselves are not told: they follow from the attempts. One who collects on the day after
    `until` finds every endpoint due that has not ended.
    """
    attempts: list[dict[str, object]] = []
    brought: dict[date, list[tuple[Asked, str]]] = {}
    for place, each in enumerate(endpoints):
        random = draw(seed, f"endpoint {each.url}")
        edition = 0
        for night in _asked(random, each, until):
            changed = edition == 0 or random.random() < CHANGES
            if night.reason is None and changed:
                edition += 1
            resource = sha256(f"{seed} {each.url} {edition}".encode()).hexdigest() if night.reason is None else None
            attempts.append(_attempt(random, each, night, place, resource))
            if resource and changed:
                brought.setdefault(night.day, []).append((each, resource))
    for day, resources in sorted(brought.items()):
        _tell_results(tale, draw(seed, f"results {day}"), day, resources)
    return pl.DataFrame(attempts, schema=ATTEMPT_SCHEMA)


def _asked(random: Random, each: Asked, until: date) -> list[Night]:
    """The askings of one endpoint, the earliest first."""
    spells = [
        (number, number + random.choice((1, 1, 2, 3, 9, 20))) for number in range(NIGHTS) if random.random() < FAILS
    ]
    failing = random.choice((2, 5, 12, 30, 50)) if each.fails or each.ended else 0
    if each.mended:
        failing = min(failing, 1)
    reason = random.choice(REASONS)
    last = until - GIVEN_UP if each.ended else until
    while True:
        bad = [*spells, (NIGHTS - failing, NIGHTS)] if failing else spells
        nights, history = _follow_schedule(bad, reason, last, until)
        # Where the endpoint is asked less often by now, its failing began so that the next night is its turn.
        if each.ended or next_due(history, until + timedelta(days=1)).on <= until + timedelta(days=1):
            return nights
        failing += 1


def _follow_schedule(
    spells: Sequence[tuple[int, int]], reason: str, last: date, until: date
) -> tuple[list[Night], History | None]:
    """The nights on which an endpoint was due, when it fails in spells of nights counted from the first."""
    nights: list[Night] = []
    history: History | None = None
    for number in range(NIGHTS):
        day = last - timedelta(days=NIGHTS - 1 - number)
        if (until - day).days in MISSED or next_due(history, day).on > day:
            continue
        fails = any(start <= number < end for start, end in spells)
        nights.append(Night(day, reason if fails else None))
        history = History(
            first_on=history.first_on if history else day,
            last_on=day,
            succeeded_on=(history.succeeded_on if history else None) if fails else day,
            failing_since=((history and history.failing_since) or day) if fails else None,
        )
    return nights, history


def _attempt(random: Random, each: Asked, night: Night, place: int, resource: str | None) -> dict[str, object]:
    begun = _begin(night.day) + timedelta(seconds=2 * place + random.random())
    elapsed = 60.0 if night.reason and "60" in night.reason else random.uniform(0.2, 3)
    http = night.reason.removeprefix("HTTP ") if night.reason else "200"
    return {
        "night": night.day.isoformat(),
        "endpoint": each.endpoint,
        "url": each.url,
        "started_at": begun,
        "finished_at": begun + timedelta(seconds=elapsed),
        "status": int(http) if http.isdecimal() else None,
        "resource": resource,
        "reason": night.reason,
        "tries": 1,
        # As with the history of others, the bytes are not in the lake.
        "due": RECORDED_ELSEWHERE,
        "headers": orjson.dumps({"server": SIMULATED}).decode(),
        "total_ms": round(elapsed * 1000, 3),
    }


def _begin(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), BEGINS)


def _tell_results(tale: Tale, random: Random, day: date, resources: Sequence[tuple[Asked, str]]) -> None:
    """What was new in a night is read, made into facts, assembled, published and released."""
    at = _begin(day) + timedelta(minutes=5)
    datasets: set[str] = set()
    for each, resource in resources:
        whose = {"dataset": each.dataset, "organisation": each.organisation}
        item = ("resource", f"{each.dataset}/{resource}")
        tale.say(_begin(day) + timedelta(minutes=4), *item, Stage.CONVERT, Kind.READY, **whose)
        tale.say(at, *item, Stage.CONVERT, Kind.STARTED, **whose)
        at += timedelta(seconds=random.uniform(0.5, 4))
        if random.random() < UNREADABLE:
            tale.say(at, *item, Stage.CONVERT, Kind.FAILED, reason="no table is found in the file", **whose)
            continue
        tale.say(at, *item, Stage.CONVERT, Kind.FINISHED, **whose)
        tale.say(at, *item, Stage.TRANSFORM, Kind.READY, **whose)
        tale.say(at, *item, Stage.TRANSFORM, Kind.STARTED, **whose)
        at += timedelta(seconds=random.uniform(0.5, 8))
        tale.say(at, *item, Stage.TRANSFORM, Kind.FINISHED, **whose)
        datasets.add(each.dataset)
        _tell_references(tale, random, at, each, day)
    for stage in (Stage.ASSEMBLE, Stage.PUBLISH):
        for dataset in sorted(datasets):
            at = _tell_work(tale, random, at, ("dataset", dataset), stage, dataset)
    if datasets:
        _tell_work(tale, random, at, ("release", f"{SIMULATED}-{day}"), Stage.RELEASE, None)


def _tell_work(
    tale: Tale, random: Random, at: datetime, item: tuple[str, str], stage: Stage, dataset: str | None
) -> datetime:
    done = at + timedelta(seconds=random.uniform(1, 12))
    tale.say(at, *item, stage, Kind.READY, dataset=dataset)
    tale.say(at, *item, stage, Kind.STARTED, dataset=dataset)
    tale.say(done, *item, stage, Kind.FINISHED, dataset=dataset)
    return done


def _tell_references(tale: Tale, random: Random, at: datetime, each: Asked, day: date) -> None:
    """Some files have references that no entity has; a data manager gives them numbers on a later day."""
    if random.random() > UNKNOWN:
        return
    whose = {"dataset": each.dataset, "organisation": each.organisation}
    for number in range(random.randint(1, 4)):
        item = ("reference", f"{each.dataset}/{each.organisation}/{each.dataset}:{day:%Y%m%d}-{number}")
        assigned = at + timedelta(days=random.lognormvariate(1, 0.7))
        if assigned > tale.until:
            continue
        reason = "no entity has this reference yet"
        tale.say(at, *item, Stage.ASSIGN, Kind.READY, reason=reason, **whose)
        tale.say(assigned, *item, Stage.ASSIGN, Kind.FINISHED, **whose)
