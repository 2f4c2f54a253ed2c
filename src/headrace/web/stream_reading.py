"""The stream as it is asked for: of a dataset, of an organisation, over a period; measured once while nothing happens.

A measured stream is good for a little while, because the ages in it hardly change. What is older is given out once
more and measured anew meanwhile, so that nobody waits for it; what was recorded since is never left out.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from typing import Annotated, Final

import polars as pl
from fastapi import Depends, Query, Request

from headrace.flow.choice import choose
from headrace.flow.stream import PERIOD, Passages, Stream, measure
from headrace.store.streams import read_streams
from headrace.web.clock import read_clock
from headrace.web.parameters import Text
from headrace.web.stream_choice import PERIODS, Chosen, Span
from headrace.web.stream_gauge import Gauge, gauge_at

FRESH: Final = timedelta(seconds=20)
"""How long a measured stream is given out as it is."""

STALE: Final = timedelta(minutes=30)
"""How long it is given out while it is measured anew."""

MOST_KEPT: Final = 24
"""How many choices are kept measured."""


class StreamParameters(Chosen):
    """Which part of the stream is looked at."""

    service: Text | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The stream as it is asked for.

    Attributes:
        wanted: what was asked for.
        passed: the whole record.
        chosen: the part of it that was asked for.
        stream: its measures.
        silence: what should have happened and did not, in the whole record: `headrace.flow.silence.FINDINGS`.
    """

    wanted: StreamParameters
    passed: Passages
    chosen: Passages
    stream: Stream
    silence: pl.DataFrame


Choice = tuple[str | None, str | None, Span]


class Readings:
    """The readings of one record that were taken lately."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Choice, Reading] = {}
        self._under_way: set[Choice] = set()

    def take(self, gauge: Gauge, wanted: StreamParameters, clock: datetime) -> Reading:
        """The reading for what is wanted, not long before the time of the clock."""
        choice = (wanted.dataset, wanted.organisation, wanted.period)
        passed = gauge.read()
        with self._lock:
            kept = self._kept.get(choice)
            if kept is not None and kept.passed is passed:
                age = abs(clock - kept.stream.now)
                if age > FRESH and choice not in self._under_way and age <= STALE:
                    self._under_way.add(choice)
                    Thread(target=self._take_anew, args=(gauge, wanted, clock, choice), daemon=True).start()
                if age <= STALE:
                    # The service that is shown is no part of what is measured.
                    return replace(kept, wanted=wanted)
        return self._keep(choice, _read(gauge, passed, wanted, clock))

    def _take_anew(self, gauge: Gauge, wanted: StreamParameters, clock: datetime, choice: Choice) -> None:
        try:
            self._keep(choice, _read(gauge, gauge.read(), wanted, clock))
        finally:
            with self._lock:
                self._under_way.discard(choice)

    def _keep(self, choice: Choice, reading: Reading) -> Reading:
        with self._lock:
            # What was measured of an older record would hold on to the whole of it.
            kept = {other: each for other, each in self._kept.items() if each.passed is reading.passed}
            self._kept = dict(list({**kept, choice: reading}.items())[-MOST_KEPT:])
        return reading


def _read(gauge: Gauge, passed: Passages, wanted: StreamParameters, clock: datetime) -> Reading:
    chosen = choose(passed, wanted.dataset, wanted.organisation)
    if chosen is passed and PERIODS[wanted.period] == PERIOD:
        stream = gauge.measure(clock)
    else:
        now = max(clock, passed.recorded_at) if passed.recorded_at else clock
        stream = measure(chosen, now, read_streams(), PERIODS[wanted.period])
    return Reading(wanted, passed, chosen, stream, gauge.silence(clock))


@lru_cache(maxsize=8)
def _readings_at(_lake_root: Path) -> Readings:
    return Readings()


def read_stream(
    request: Request,
    wanted: Annotated[StreamParameters, Query()],
    clock: Annotated[datetime, Depends(read_clock)],
) -> Reading:
    """The stream as it is asked for, now."""
    lake_root = request.app.state.lake_root
    return _readings_at(lake_root).take(gauge_at(lake_root), wanted, clock.astimezone(UTC))


def read_whole_stream(request: Request, clock: Annotated[datetime, Depends(read_clock)]) -> Reading:
    """The whole stream, over the ordinary period, now."""
    return take_whole(request.app.state.lake_root, clock)


def take_chosen(lake_root: Path, wanted: Chosen, clock: datetime) -> Reading:
    """The stream of a lake as it was chosen on another page, at the time of the clock."""
    parameters = StreamParameters(dataset=wanted.dataset, organisation=wanted.organisation, period=wanted.period)
    return _readings_at(lake_root).take(gauge_at(lake_root), parameters, clock.astimezone(UTC))


def take_whole(lake_root: Path, clock: datetime) -> Reading:
    """The whole stream of a lake, over the ordinary period, at the time of the clock."""
    return _readings_at(lake_root).take(gauge_at(lake_root), StreamParameters(), clock.astimezone(UTC))


Read = Annotated[Reading, Depends(read_stream)]
"""What a route takes."""

Whole = Annotated[Reading, Depends(read_whole_stream)]
"""What a route takes that nothing can be chosen for."""
