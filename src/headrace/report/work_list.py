"""The work list: everything that waits for a person, ranked by how many it affects and for how long it has waited."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

DAY_S: Final = 86_400.0


class Kind(StrEnum):
    """What kind of work it is."""

    ASSIGN = "assign"
    ENDPOINT = "endpoint"
    REPLACEMENT = "replacement"
    UNREADABLE = "unreadable"
    HELD = "held"
    ISSUE = "issue"
    STAGE = "stage"
    BLOCKED = "blocked"
    SILENCE = "silence"


MEANING: Final = {
    Kind.ASSIGN: "references that no entity has yet",
    Kind.ENDPOINT: "endpoints that have failed for too long",
    Kind.REPLACEMENT: "replacements found for endpoints that fail",
    Kind.UNREADABLE: "files that cannot be read",
    Kind.HELD: "datasets that are held back",
    Kind.ISSUE: "issues that are ours to put right",
    Kind.STAGE: "what waits for a person at a stage",
    Kind.BLOCKED: "people and teams that block others",
    Kind.SILENCE: "what should have happened and did not",
}
"""Each kind in words."""


ALL_PUBLISHED: Final = frozenset({Kind.ENDPOINT, Kind.REPLACEMENT, Kind.UNREADABLE, Kind.HELD, Kind.SILENCE})
"""Kinds that let everything grow old that is published of a dataset; the others are about their items alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that waits for a person.

    Attributes:
        kind: what kind of work it is.
        what: it, in a few words.
        items: how many things are meant.
        dataset, organisation: whose, where that is one thing.
        stage: at which stage it waits, where it is at one.
        since: since when it waits, UTC.
        role: who does it.
        reason: why it waits, in words.
        action: what is to be done, as a command to a person.
        command: what to type for it, where there is a command; what is in capitals is to be filled in.
        address: the page on which it is seen.
    """

    kind: Kind
    what: str
    items: int
    dataset: str | None = None
    organisation: str | None = None
    stage: str | None = None
    since: datetime
    role: str
    reason: str | None = None
    action: str
    command: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many entities are published, of which dataset and by whom: who uses them is not known, but these they use.

    Attributes:
        by_publication: by dataset and organisation.
    """

    by_publication: Mapping[tuple[str, str | None], int] = field(default_factory=dict)

    def affected(self, work: Work) -> tuple[int, str]:
        """How many entities grow old while this waits, or else how many things wait; and in words what is counted."""
        if work.kind not in ALL_PUBLISHED:
            return _waiting(work)
        published = sum(
            number
            for (dataset, organisation), number in self.by_publication.items()
            if work.dataset in (None, dataset) and work.organisation in (None, organisation)
        )
        whose = " ".join(
            part
            for part in (
                f"of {work.organisation}" if work.organisation else "",
                f"in {work.dataset}" if work.dataset else "",
            )
            if part
        )
        is_known = published > 0 and (whose or work.kind is Kind.SILENCE)
        return (published, f"entities {whose or 'of all datasets'}") if is_known else _waiting(work)


def _waiting(work: Work) -> tuple[int, str]:
    return work.items, "that waits" if work.items == 1 else "that wait"


@dataclass(frozen=True, slots=True)
class Ranked:
    """Work in its place.

    Attributes:
        rank: from 1, the first to be done.
        work: what is to be done.
        affected: how many are affected.
        affected_is: what is counted by that.
        age_days: for how long it has waited.
        weight: affected × days: what it is ranked by.
    """

    rank: int
    work: Work
    affected: int
    affected_is: str
    age_days: float
    weight: float

    def as_row(self) -> dict[str, object]:
        """The work and its place as one flat record."""
        placed = {name: value for name, value in asdict(self).items() if name != "work"}
        return {"rank": placed.pop("rank"), **asdict(self.work), **placed}


def rank_work(work: Iterable[Work], reach: Reach, now: datetime) -> list[Ranked]:
    """The work in the order in which it should be done: users affected × age, the largest first.

    What weighs the same is ordered by age, and then by what it is, so that the order does not change from one asking to
    the next.
    """
    weighed = []
    for each in work:
        affected, affected_is = reach.affected(each)
        age_days = max((now - each.since).total_seconds() / DAY_S, 0.0)
        weighed.append((each, affected, affected_is, age_days, affected * age_days))
    weighed.sort(key=lambda row: (-row[4], -row[3], row[0].kind, row[0].what, row[0].dataset or ""))
    return [Ranked(number, *row) for number, row in enumerate(weighed, start=1)]


@dataclass(frozen=True, slots=True)
class WorkChoice:
    """Which work is wanted; None does not matter.

    Attributes:
        role: who does it.
        kind: what kind of work.
        dataset, organisation: whose.
    """

    role: str | None = None
    kind: Kind | None = None
    dataset: str | None = None
    organisation: str | None = None

    def choose(self, ranked: Iterable[Ranked]) -> list[Ranked]:
        """The work that is wanted, in its order and with its rank among all."""
        return [each for each in ranked if self._is_wanted(each.work)]

    def _is_wanted(self, work: Work) -> bool:
        return all(
            wanted is None or wanted == getattr(work, name)
            for name, wanted in (
                ("role", self.role),
                ("kind", self.kind),
                ("dataset", self.dataset),
                ("organisation", self.organisation),
            )
        )
