"""The gauge: the event record of a lake as visits and spells, read again when it has changed."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

from headrace.flow.stream import Passages, Stream, measure, passages
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams


class Gauge:
    """What the record of one lake says, kept for as long as the record does not change."""

    def __init__(self, lake_root: Path) -> None:
        self._record = EventRecord(Lake(lake_root))
        self._lock = Lock()
        self._version: str | None = None
        self._passages: Passages | None = None

    def version(self) -> str:
        """A short text that changes whenever something is recorded."""
        return self._record.version()

    def read(self) -> Passages:
        """The visits and spells of the record as it is now."""
        with self._lock:
            version = self._record.version()
            if self._passages is None or version != self._version:
                # Read after the version was taken: what is added in between makes the next reading, not a stale one.
                self._passages = passages(self._record.read())
                self._version = version
            return self._passages


@lru_cache(maxsize=8)
def gauge_at(lake_root: Path) -> Gauge:
    """The gauge of a lake: one per process."""
    return Gauge(lake_root)


def measure_now(passed: Passages, clock: datetime) -> Stream:
    """The stream at the time of the clock, or of the latest event where another machine's clock is ahead of it."""
    return measure(passed, max(clock, passed.recorded_at) if passed.recorded_at else clock, read_streams())
