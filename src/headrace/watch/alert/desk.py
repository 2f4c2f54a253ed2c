"""The incident desk: opens an incident when suspicion is great enough, and closes it when that has been low for long.

One incident has one message, which is changed as it grows, ends, or begins again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np

from headrace.watch.alert.flake_rate import Rates
from headrace.watch.alert.message import Message, MessageKind


@dataclass(frozen=True, slots=True)
class DeskRules:
    """When incidents begin and end; rounds are rounds of results.

    Attributes:
        opens_above: suspicion that opens an incident.
        names_above: suspicion of other probes that are named with it.
        quiet_below: suspicion below which a probe counts as quiet.
        quiet_rounds: how many rounds all its probes are quiet before an incident is over.
        joins_rounds: for how long after it began probes that become suspected belong to the same incident.
        reopens_rounds: for how long after its end an incident of the same probes is the same one again.
    """

    opens_above: float = 0.46
    names_above: float = 0.3
    quiet_below: float = 0.1
    quiet_rounds: int = 8
    joins_rounds: int = 1
    reopens_rounds: int = 10


RULES: Final = DeskRules()


@dataclass(slots=True)
class _Incident:
    number: int
    probes: set[int]
    began: int
    quiet: int = 0
    ended: int | None = None


@dataclass(slots=True)
class IncidentDesk:
    """Decides what is said, round by round.

    Attributes:
        names: the probes, in the order of the suspicions.
        rules: when incidents begin and end.
    """

    names: Sequence[str]
    rules: DeskRules = RULES
    _round: int = 0
    _open: list[_Incident] = field(default_factory=list)
    _closed: list[_Incident] = field(default_factory=list)
    _count: int = 0

    def decide(self, at: datetime, suspicion: Rates) -> list[Message]:
        """What is said after a round.

        Args:
            at: the moment of the round.
            suspicion: of each probe, from 0 to 1.
        """
        said = [*self._close(at, suspicion), *self._grow(at, suspicion)]
        self._round += 1
        return said

    def _close(self, at: datetime, suspicion: Rates) -> list[Message]:
        said = []
        for incident in [*self._open]:
            calm = suspicion[sorted(incident.probes)].max() < self.rules.quiet_below
            incident.quiet = incident.quiet + 1 if calm else 0
            if incident.quiet >= self.rules.quiet_rounds:
                incident.ended = self._round
                self._open.remove(incident)
                self._closed.append(incident)
                said.append(self._say(at, MessageKind.UPDATE, incident, "is over"))
        self._closed = [each for each in self._closed if self._ago(each.ended) <= self.rules.reopens_rounds]
        return said

    def _grow(self, at: datetime, suspicion: Rates) -> list[Message]:
        covered = {probe for incident in self._open for probe in incident.probes}
        new = {int(probe) for probe in np.flatnonzero(suspicion > self.rules.opens_above)} - covered
        if not new:
            return []
        young = [each for each in self._open if self._ago(each.began) <= self.rules.joins_rounds]
        if young:
            young[-1].probes |= new
            return [self._say(at, MessageKind.UPDATE, young[-1], "has grown")]
        again = next((each for each in reversed(self._closed) if new <= each.probes), None)
        if again is not None:
            self._closed.remove(again)
            again.quiet, again.ended = 0, None
            self._open.append(again)
            return [self._say(at, MessageKind.UPDATE, again, "has begun again")]
        named = {int(probe) for probe in np.flatnonzero(suspicion > self.rules.names_above)} - covered
        self._count += 1
        incident = _Incident(self._count, new | named, self._round)
        self._open.append(incident)
        return [self._say(at, MessageKind.ALERT, incident, "has begun")]

    def _ago(self, then: int | None) -> int:
        return self._round - (self._round if then is None else then)

    def _say(self, at: datetime, kind: MessageKind, incident: _Incident, said: str) -> Message:
        names = tuple(sorted(self.names[probe] for probe in incident.probes))
        return Message(at, kind, incident.number, names, said)
