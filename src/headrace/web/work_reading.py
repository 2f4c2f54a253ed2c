"""The work list of a lake, made again when something has changed, or a minute has gone by."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from headrace.flow.stream import Passages
from headrace.model.release import Release
from headrace.report.work_list import Ranked
from headrace.run.endpoint_errors import EndpointErrors, read_known
from headrace.run.work_list import Released, Sources, find_work, read_released
from headrace.store.lake import Lake
from headrace.store.streams import read_streams
from headrace.web.endpoint_error_reading import error_reading_at

FRESH: Final = timedelta(minutes=1)
"""For how long a list holds of which nothing but the ages has changed."""

Made = tuple[Passages, EndpointErrors, str | None]
"""What a list was made from."""


class WorkReading:
    """The work list of one lake."""

    def __init__(self, lake_root: Path) -> None:
        self._lake = Lake(lake_root)
        self._lock = Lock()
        self._released: tuple[str | None, Released] = (None, Released())
        self._kept: tuple[Made, datetime, list[Ranked]] | None = None

    def read(self, passed: Passages, release: Release | None, clock: datetime) -> list[Ranked]:
        """All that waits at the time of the clock, or of the latest event where that is later."""
        errors, _ = error_reading_at(self._lake.root).read()
        now = max(clock, passed.recorded_at) if passed.recorded_at else clock
        with self._lock:
            made = (passed, errors, release.id if release else None)
            if self._kept is None or not _same(made, self._kept[0]) or abs(now - self._kept[1]) >= FRESH:
                self._kept = (made, now, find_work(self._sources(passed, errors, release), now))
            return self._kept[2]

    def _sources(self, passed: Passages, errors: EndpointErrors, release: Release | None) -> Sources:
        name = release.id if release else None
        if self._released[0] != name:
            self._released = (name, read_released(self._lake, release))
        known = read_known(self._lake, passed)
        return Sources(passed=passed, errors=errors, known=known, released=self._released[1], model=read_streams())


def _same(one: Made, other: Made) -> bool:
    return one[0] is other[0] and one[1] is other[1] and one[2] == other[2]


@lru_cache(maxsize=8)
def work_reading_at(lake_root: Path) -> WorkReading:
    """The reading of a lake: one per process."""
    return WorkReading(lake_root)
