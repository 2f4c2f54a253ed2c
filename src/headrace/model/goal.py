"""Goals: what the service is for, the key results that show whether it gets there, and the teams that do the work."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

REPORT: Final = "report/"
"""What a reference to a number of a report begins with; any other is to a measure of the event record."""


class Unit(StrEnum):
    """What the number of a measure counts."""

    SECONDS = "seconds"
    PER_WEEK = "per week"
    SHARE = "share"
    COUNT = "count"
    RATIO = "ratio"


class Aim(StrEnum):
    """On which side of its target a key result should be."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class KeyResult:
    """One measure that shows whether an objective is reached.

    Attributes:
        name: which no other key result has.
        title: what is measured, as people read it.
        measure: what is measured: `<stage or stream>.<column>`, or `report/<name of the report>.<number>`.
        unit: what `target` and `baseline` count: seconds, items per week, a share from 0 to 1, items, a ratio.
        aim, target: where the measure should be.
        baseline: where it began: a number, the day whose value is meant, or None: the first value of the trend.
        by: the day on which it should be there.
    """

    name: str
    title: str
    measure: str
    unit: Unit
    aim: Aim
    target: float
    baseline: float | date | None
    by: date


@dataclass(frozen=True, slots=True)
class Objective:
    """Something to reach, and what shows that it is reached.

    Attributes:
        name: which no other objective has.
        title: what is to be reached, as people read it.
        why: for whose sake, in a sentence.
        teams: names of the teams that work towards it.
        key_results: at least one.
    """

    name: str
    title: str
    why: str
    teams: tuple[str, ...]
    key_results: tuple[KeyResult, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """One team within the service team.

    Attributes:
        name: which no other team has.
        title, purpose: as people read them.
        management: the discipline that it does not share with the others.
        streams: names of the value streams that it works on.
    """

    name: str
    title: str
    purpose: str
    management: str
    streams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goals:
    """One goal, the objectives under it, and the teams.

    Attributes:
        goal: the one goal over everything.
        objectives: in order.
        service_team, service_purpose: what all teams together are called, and what for.
        teams: in order.
        disciplines: what the teams share, in order.
    """

    goal: str
    objectives: tuple[Objective, ...]
    service_team: str
    service_purpose: str
    teams: tuple[Team, ...]
    disciplines: tuple[str, ...]

    @property
    def key_results(self) -> tuple[KeyResult, ...]:
        """The key results of all objectives, in order."""
        return tuple(result for objective in self.objectives for result in objective.key_results)
