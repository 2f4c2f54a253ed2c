"""What a measure was at earlier moments, kept for as long as the record until then stays the same."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from headrace.flow.choice import choose
from headrace.flow.past import passages_at
from headrace.flow.reference import read_measure
from headrace.flow.stream import Passages, Stream, measure
from headrace.model.stage import StreamModel
from headrace.store.streams import read_streams
from headrace.web.stream_reading import Reading

MOMENTS: Final = 13
"""How many earlier moments are looked at, most: a quarter by week where the record is that long."""

MOST_KEPT: Final = 400

WEEK: Final = timedelta(weeks=1)


class Past:
    """The measures of earlier moments of one record."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str | None, str | None, datetime], tuple[int, Stream]] = {}

    def series(self, reading: Reading, reference: str) -> list[tuple[datetime, float | None]]:
        """The measure at earlier moments and at that of the reading, the earliest first."""
        name = reference.rpartition(".")[0]
        model = read_streams()
        stream = model.by_name[model.stages[name].stream if name in model.stages else name]
        passed = choose(reading.chosen, stream=stream)
        moments = _moments(passed, reading.stream.now)
        told = [(moment, read_measure(self._at(passed, stream, reading, moment), reference)) for moment in moments]
        return [*told, (reading.stream.now, read_measure(reading.stream, reference))]

    def _at(self, passed: Passages, stream: StreamModel, reading: Reading, moment: datetime) -> Stream:
        key = (stream.stream, reading.wanted.dataset, reading.wanted.organisation, moment)
        # History may be imported later: as many events until then as before are the same events.
        until = int((passed.events["at"] <= moment).sum())
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept[0] == until:
            return kept[1]
        told = measure(passages_at(passed, moment), moment, read_streams())
        with self._lock:
            self._kept = dict(list({**self._kept, key: (until, told)}.items())[-MOST_KEPT:])
        return told


@lru_cache(maxsize=8)
def past_at(_lake_root: Path) -> Past:
    """The past of the record of a lake: one per process."""
    return Past()


def _moments(passed: Passages, now: datetime) -> list[datetime]:
    """Mondays, the earliest after the first event, and so far apart that there are no more than `MOMENTS`."""
    first = passed.events.select(pl.col("at").min()).item()
    if not isinstance(first, datetime):
        return []
    monday = datetime.combine((now - timedelta(days=now.weekday())).date(), datetime.min.time(), UTC)
    step = WEEK * max(-(-(now - first) // (WEEK * MOMENTS)), 1)
    moments = [monday - number * step for number in range(MOMENTS)]
    return sorted(moment for moment in moments if first < moment < now)
