"""The gauge: what the event record of a lake says and what is measured of it, kept while nothing changes."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from headrace.flow.growth import extend
from headrace.flow.silence import silence
from headrace.flow.stream import Passages, Stream, measure, passages
from headrace.run.stopped_input import StoppedInputs
from headrace.store.event_record import EventRecord
from headrace.store.journal import Segments
from headrace.store.lake import Lake
from headrace.store.streams import read_streams

FRESH: Final = timedelta(seconds=15)
"""For how long a measure of a record that does not change is shown again: only ages have moved, by as much."""


class Gauge:
    """What the record of one lake says, kept for as long as the record does not change.

    What is added to the record is read alone, and only the items it is about are read again: of a million events the
    first reading takes seconds, the next ones do not.
    """

    def __init__(self, lake_root: Path) -> None:
        lake = Lake(lake_root)
        self._record = EventRecord(lake)
        self._stopped = StoppedInputs(lake)
        self._lock = Lock()
        self._measuring = Lock()
        self._segments: Segments = {}
        self._passages: Passages | None = None
        self._stream: tuple[Passages, datetime, Stream] | None = None
        self._silence: tuple[Passages, datetime, pl.DataFrame] | None = None

    def version(self) -> str:
        """A short text that changes whenever something is recorded."""
        return self._record.version()

    def read(self) -> Passages:
        """The visits and spells of the record as it is now."""
        with self._lock:
            segments = self._record.segments()
            if self._passages is None or segments != self._segments:
                # Read after the segments were listed: what is added in between is read twice, never missed.
                more = self._record.read_since(self._segments)
                self._passages = (
                    passages(more, read_streams()) if self._passages is None else extend(self._passages, more)
                )
                self._segments = segments
            return self._passages

    def measure(self, clock: datetime) -> Stream:
        """The stream at the time of the clock; where nothing was recorded since, as it was up to `FRESH` before."""
        passed = self.read()
        with self._measuring:
            if self._stream is None or not _holds(*self._stream[:2], passed, clock):
                self._stream = (passed, clock, measure_now(passed, clock))
            return self._stream[2]

    def silence(self, clock: datetime) -> pl.DataFrame:
        """The silences at the time of the clock (`headrace.flow.silence.FINDINGS`), kept as long as `measure` is."""
        passed = self.read()
        with self._measuring:
            if self._silence is None or not _holds(*self._silence[:2], passed, clock):
                stopped = self._stopped.read(clock)
                found = silence(passed, _not_before(passed, clock), read_streams(), stopped)
                self._silence = (passed, clock, found)
            return self._silence[2]


@lru_cache(maxsize=8)
def gauge_at(lake_root: Path) -> Gauge:
    """The gauge of a lake: one per process."""
    return Gauge(lake_root)


def measure_now(passed: Passages, clock: datetime) -> Stream:
    """The stream at the time of the clock, or of the latest event where another machine's clock is ahead of it."""
    return measure(passed, _not_before(passed, clock), read_streams())


def _holds(measured: Passages, measured_at: datetime, passed: Passages, clock: datetime) -> bool:
    """Whether what was measured of passages at a moment can be shown at another."""
    return measured is passed and timedelta(0) <= clock - measured_at < FRESH


def _not_before(passed: Passages, clock: datetime) -> datetime:
    return max(clock, passed.recorded_at) if passed.recorded_at else clock
