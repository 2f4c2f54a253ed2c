"""The flake rate: how often a probe fails while nothing is wrong, learnt from its own past."""

from typing import Any, Final, TypeAlias

import numpy as np

Rates: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
"""One number per probe."""

HOURS: Final = 24

PRIOR_RATE: Final = 0.004
"""What is assumed of a probe that nothing is known of."""

PRIOR_RESULTS: Final = 600.0
"""How many results that assumption weighs: two days of one every five minutes."""

PRIOR_RESULTS_OF_HOUR: Final = 40.0
"""The same, for each probe, for what an hour of the day adds: nothing, until it is seen."""

LEAST: Final = 0.0005
MOST: Final = 0.05
"""Between which a flake rate is believed: nothing is perfect, and what fails more than that is not flaky but broken."""


class FlakeRates:
    """The flake rate of each probe, and what every hour of the day (UTC) adds to all of them, such as a nightly run."""

    def __init__(self, probes: int) -> None:
        self._failed = np.full(probes, PRIOR_RATE * PRIOR_RESULTS)
        self._results = np.full(probes, PRIOR_RESULTS)
        self._more_failed = np.zeros(HOURS)
        self._more_results = np.full(HOURS, PRIOR_RESULTS_OF_HOUR * probes)

    def at(self, hour: int) -> Rates:
        """The share of results that fail by chance, per probe, in an hour of the day."""
        more = max(0.0, self._more_failed[hour] / self._more_results[hour])
        rates: Rates = np.clip(self._failed / self._results, LEAST, MOST) + more
        return rates

    def learn(self, hour: int, failed: Rates, innocent: Rates) -> None:
        """Take results into account.

        Args:
            hour: of the day at which they were had.
            failed: 1 where a probe failed, 0 where not.
            innocent: how likely it is, per probe, that nothing was wrong; 0 where there was no result.
        """
        own = self._failed / self._results
        share = np.clip(own / self.at(hour), 0.0, 1.0)
        self._failed += innocent * failed * share
        self._results += innocent
        self._more_failed[hour] += float((innocent * (failed - own)).sum())
        self._more_results[hour] += float(innocent.sum())
