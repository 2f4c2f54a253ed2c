"""What is believed of every probe after each round of results: well, in a short burst of failures, or broken.

A hidden Markov model for each probe, and one over all of them for what strikes all at once, a deployment or an outage.
The two are filtered together as if they were independent given what the other is believed to be.

Source: Rabiner, L. R., "A tutorial on hidden Markov models", Proceedings of the IEEE 77 (1989), the forward algorithm.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, TypeAlias

import numpy as np

from headrace.watch.alert.flake_rate import FlakeRates, Rates

Table: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


class Condition(IntEnum):
    """What a probe can be in."""

    WELL = 0
    BURST = 1
    """Fails more often than not for a few rounds, and recovers by itself."""
    BROKEN = 2
    """Fails nearly always."""
    SLOW = 3
    """Fails about every third time, for hours."""


class Cause(IntEnum):
    """What can strike all probes at once."""

    NONE = 0
    DEPLOYMENT = 1
    OUTAGE = 2


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the model takes for granted; chances are per probe and round of results, five minutes apart.

    Attributes:
        burst, broken, slow: chances that the condition begins.
        burst_rounds, broken_rounds, slow_rounds: how many rounds it lasts on average.
        burst_rate, broken_rate, slow_rate: share of results that fail in it.
        deployment, outage: chances, of all probes together, that the cause begins.
        outage_rounds: how many rounds an outage lasts on average; a deployment lasts one.
        deployment_rate, outage_rate: share of results that fail.
    """

    burst: float = 1 / 450
    broken: float = 1 / 50_000
    slow: float = 1 / 10_600
    burst_rounds: float = 3
    broken_rounds: float = 20
    slow_rounds: float = 70
    burst_rate: float = 0.6
    broken_rate: float = 0.92
    slow_rate: float = 0.47
    deployment: float = 1 / 800
    outage: float = 1 / 4_000
    outage_rounds: float = 10
    deployment_rate: float = 0.5
    outage_rate: float = 0.97


ASSUMED: Final = Assumptions()


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """What is believed after a round.

    Attributes:
        conditions: shape (probes, 4): how likely each `Condition` is; each row adds up to 1.
        causes: shape (3,): how likely each `Cause` is.
    """

    conditions: Table
    causes: Table


class Believer:
    """Follows the results of some probes."""

    def __init__(self, probes: int, assumed: Assumptions = ASSUMED) -> None:
        self._assumed = assumed
        self._flakes = FlakeRates(probes)
        self._onsets = _onsets(assumed)
        self._causes_onsets = _cause_onsets(assumed)
        self._conditions = np.tile(np.array([1.0, 0.0, 0.0, 0.0]), (probes, 1))
        self._causes = np.array([1.0, 0.0, 0.0])

    def observe(self, hour: int, failed: Flags, seen: Flags) -> Belief:
        """Take a round of results into account.

        Args:
            hour: of the day (UTC).
            failed: per probe, whether it failed.
            seen: per probe, whether there was a result; without one nothing is learnt of it.
        """
        foreseen = self._conditions @ self._onsets
        rates = self._rates_of(self._flakes.at(hour))
        chance = np.where(failed[:, None], rates, 1 - rates)
        chance = np.where(seen[:, None], chance, 1.0)
        joint = foreseen * chance
        evidence = joint.sum(axis=1)
        self._causes = self._weigh(evidence, failed[seen])
        alone = self._causes[Cause.NONE]
        # What a common cause explains says nothing about a single probe.
        self._conditions = alone * (joint / evidence[:, None]) + (1 - alone) * foreseen
        innocent = self._conditions[:, Condition.WELL] * alone * seen
        self._flakes.learn(hour, failed.astype(np.float64), innocent)
        return Belief(self._conditions, self._causes)

    def _rates_of(self, flakes: Rates) -> Table:
        assumed = self._assumed
        fixed = (assumed.burst_rate, assumed.broken_rate, assumed.slow_rate)
        return np.column_stack([flakes, *(np.maximum(rate, flakes) for rate in fixed)])

    def _weigh(self, evidence: Rates, failed: Flags) -> Table:
        """How likely each cause is, by how well it explains the round."""
        assumed, probes, failures = self._assumed, len(failed), int(failed.sum())
        foreseen = self._causes @ self._causes_onsets
        fit = np.array(
            [
                np.log(evidence).sum(),
                *(
                    failures * np.log(rate) + (probes - failures) * np.log(1 - rate)
                    for rate in (assumed.deployment_rate, assumed.outage_rate)
                ),
            ]
        )
        weight = foreseen * np.exp(fit - fit.max())
        weighed: Table = weight / weight.sum()
        return weighed


def _onsets(assumed: Assumptions) -> Table:
    """How likely each condition follows each: shape (4, 4), by what was and what is."""
    begins = (assumed.burst, assumed.broken, assumed.slow)
    table = np.zeros((4, 4))
    table[Condition.WELL] = [1 - sum(begins), *begins]
    for condition, rounds in zip(
        (Condition.BURST, Condition.BROKEN, Condition.SLOW),
        (assumed.burst_rounds, assumed.broken_rounds, assumed.slow_rounds),
        strict=True,
    ):
        table[condition, Condition.WELL] = 1 / rounds
        table[condition, condition] = 1 - 1 / rounds
    return table


def _cause_onsets(assumed: Assumptions) -> Table:
    """The same of causes: shape (3, 3)."""
    return np.array(
        [
            [1 - assumed.deployment - assumed.outage, assumed.deployment, assumed.outage],
            [1.0, 0.0, 0.0],
            [1 / assumed.outage_rounds, 0.0, 1 - 1 / assumed.outage_rounds],
        ]
    )
