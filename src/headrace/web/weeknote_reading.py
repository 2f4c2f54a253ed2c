"""The weeks of a lake, each gathered once for as long as nothing is recorded of it."""

from collections import OrderedDict
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from headrace.flow.stream import Passages
from headrace.model.goal import Goals
from headrace.model.week import Week
from headrace.report.week_facts import WeekFacts
from headrace.run.endpoint_errors import EndpointErrors
from headrace.run.goals import ToldPast
from headrace.run.weeknote import gather_week, tell_goals
from headrace.store.streams import read_streams
from headrace.web.endpoint_error_reading import error_reading_at

FRESH: Final = timedelta(minutes=1)
"""For how long a week that is not over holds, where nothing but the time has changed."""

KEPT: Final = 32
"""How many weeks are kept."""

Kept = tuple[Passages, EndpointErrors, datetime, WeekFacts]
"""From what a week was gathered, when, and what it came to."""


class WeekReading:
    """The weeks of one lake."""

    def __init__(self, lake_root: Path) -> None:
        self._lake_root = lake_root
        self._lock = Lock()
        self._told = ToldPast()
        self._kept: OrderedDict[Week, Kept] = OrderedDict()

    def sources(self, passed: Passages) -> tuple[Passages, EndpointErrors]:
        """From what weeks are gathered."""
        return passed, error_reading_at(self._lake_root).read()[0]

    def read(self, passed: Passages, week: Week, clock: datetime, goals: Goals) -> WeekFacts:
        """What is known of a week at the time of the clock, and of how the goals stood in it."""
        passed, errors = self.sources(passed)
        with self._lock:
            kept = self._kept.get(week)
            if kept is None or not _holds(kept, passed, errors, week, clock):
                stood = tell_goals(week, passed, goals, self._told, read_streams(), clock)
                kept = (passed, errors, clock, gather_week(week, passed, errors, clock, stood))
                self._kept[week] = kept
            self._kept.move_to_end(week)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return kept[3]


def _holds(kept: Kept, passed: Passages, errors: EndpointErrors, week: Week, clock: datetime) -> bool:
    was_over = kept[2] >= week.end
    return kept[0] is passed and kept[1] is errors and (was_over or abs(clock - kept[2]) < FRESH)


@lru_cache(maxsize=8)
def week_reading_at(lake_root: Path) -> WeekReading:
    """The reading of a lake: one per process."""
    return WeekReading(lake_root)
