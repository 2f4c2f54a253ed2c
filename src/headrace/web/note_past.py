"""What a measure was at earlier moments, kept for as long as the record until then stays the same."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from headrace.flow.choice import choose
from headrace.flow.past import passages_at
from headrace.flow.reference import read_measure
from headrace.flow.stream import PERIOD, Passages, Stream, measure
from headrace.store.streams import read_streams
from headrace.web.stream_reading import Reading

MOMENTS: Final = 13
"""How many earlier moments are looked at: the Mondays of a quarter."""

MOST_KEPT: Final = 400

WEEK: Final = timedelta(weeks=1)

Series = list[tuple[datetime, float | None]]
"""A measure at several moments, the earliest first."""

Key = tuple[str, str | None, str | None, datetime]


class Past:
    """The measures of earlier moments of one record."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Key, tuple[int, Stream]] = {}

    def series(self, reading: Reading, reference: str) -> Series:
        """The measure at earlier moments and at that of the reading.

        Of a large record this takes seconds where it was not asked for lately.
        """
        moments = _moments(reading.chosen, reading.stream.now)
        told = self._find(reading, reference, moments)
        if told is None:
            told = self._measure(reading, reference, moments)
        return [*told, (reading.stream.now, read_measure(reading.stream, reference))]

    def find(self, reading: Reading, reference: str) -> Series | None:
        """The same where it was measured lately; None where it has to be measured first."""
        told = self._find(reading, reference, _moments(reading.chosen, reading.stream.now))
        return None if told is None else [*told, (reading.stream.now, read_measure(reading.stream, reference))]

    def _find(self, reading: Reading, reference: str, moments: Iterable[datetime]) -> Series | None:
        told: Series = []
        for moment in moments:
            with self._lock:
                kept = self._kept.get(_key(reading, reference, moment))
            # History may be imported later: as many events until then as before are the same events.
            if kept is None or kept[0] != _until(reading.chosen, moment):
                return None
            told.append((moment, read_measure(kept[1], reference)))
        return told

    def _measure(self, reading: Reading, reference: str, moments: list[datetime]) -> Series:
        model = read_streams()
        name = reference.rpartition(".")[0]
        if name in model.stages:
            # What ended long before the first moment tells nothing of a stage; of a journey it may be a part.
            since = min(moments) - 2 * PERIOD if moments else None
            passed = choose(reading.chosen, stream=model.by_name[model.stages[name].stream], since=since)
        else:
            passed = choose(reading.chosen, stream=model.by_name[name])
        told: Series = []
        for moment in moments:
            stream = measure(passages_at(passed, moment), moment, model)
            told.append((moment, read_measure(stream, reference)))
            key, until = _key(reading, reference, moment), _until(reading.chosen, moment)
            with self._lock:
                self._kept = dict(list({**self._kept, key: (until, stream)}.items())[-MOST_KEPT:])
        return told


@lru_cache(maxsize=8)
def past_at(_lake_root: Path) -> Past:
    """The past of the record of a lake: one per process."""
    return Past()


def _key(reading: Reading, reference: str, moment: datetime) -> Key:
    """What is measured at once: the stages of a stream, or, of longer history, the stream from end to end."""
    stages, name = read_streams().stages, reference.rpartition(".")[0]
    measured = f"stages of {stages[name].stream}" if name in stages else name
    return (measured, reading.wanted.dataset, reading.wanted.organisation, moment)


def _until(passed: Passages, moment: datetime) -> int:
    return int((passed.events["at"] <= moment).sum())


def _moments(passed: Passages, now: datetime) -> list[datetime]:
    """The Mondays of the last quarter that are after the first event, the earliest first."""
    first = passed.events.select(pl.col("at").min()).item()
    if not isinstance(first, datetime):
        return []
    monday = datetime.combine((now - timedelta(days=now.weekday())).date(), datetime.min.time(), UTC)
    moments = [monday - number * WEEK for number in range(MOMENTS)]
    return sorted(moment for moment in moments if first < moment < now)
