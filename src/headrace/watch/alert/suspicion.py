"""How much every probe is suspected of an incident: what is believed, weighed by what it would cost not to know."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from headrace.watch.alert.belief import Belief, Cause, Condition
from headrace.watch.alert.flake_rate import Rates

MOST_ODDS: Final = 50.0
"""More than this makes no difference."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How beliefs are weighed.

    Attributes:
        slow: how much more a slow failure weighs than a broken probe: it shows itself so seldom that waiting for
            certainty means to be late.
        together: how much two suspected probes confirm one another; an incident rarely strikes one alone.
        least: how likely an incident of a probe itself must be for others to confirm it.
    """

    slow: float = 3.7
    together: float = 6.0
    least: float = 0.05


WEIGHTS: Final = Weights()


def suspect(belief: Belief, weights: Weights = WEIGHTS) -> Rates:
    """The suspicion of each probe, from 0 to 1: shape (probes,)."""
    conditions = belief.conditions
    broken, slow = conditions[:, Condition.BROKEN], conditions[:, Condition.SLOW]
    innocent = conditions[:, Condition.WELL] + conditions[:, Condition.BURST]
    odds = np.minimum((broken + weights.slow * slow) / np.maximum(innocent, 1e-9), MOST_ODDS)
    odds += weights.together * odds * (odds.sum() - odds)
    own = np.where(broken + slow > weights.least, odds / (1 + odds), 0.0)
    suspicion: Rates = np.maximum(own, belief.causes[Cause.OUTAGE])
    return suspicion
