"""Inputs of a lake that used to change and have stopped to, found again when there is something new to look at."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Final

import polars as pl

from headrace.flow.stillness import LOOKS, stopped_inputs
from headrace.model.event import Stage
from headrace.store.attempt_log import AttemptLog
from headrace.store.journal import Segments
from headrace.store.lake import Lake
from headrace.store.stage_count import StageCounts

OFTEN: Final = timedelta(minutes=5)
"""How often it is looked at most: whether something has stopped shows over days."""


class StoppedInputs:
    """The inputs of one lake that have stopped, kept for as long as nobody has looked at any."""

    def __init__(self, lake: Lake) -> None:
        self._log = AttemptLog(lake, "", "reader")
        self._counts = StageCounts(lake)
        self._lock = Lock()
        self._known: tuple[Segments, datetime, pl.DataFrame] | None = None

    def read(self, clock: datetime) -> pl.DataFrame:
        """The inputs that have stopped, as `stopped_inputs` finds them, as of `OFTEN` before the clock at the oldest.

        Inputs are the endpoints, of which each attempt that gave data is a look: at what the data says where that is
        known, otherwise at its bytes; and the files of daily counts, of which each day is one.
        """
        with self._lock:
            segments = {**self._log.segments(), **self._counts.segments()}
            if self._known is None or (segments != self._known[0] and clock - self._known[1] >= OFTEN):
                self._known = (segments, clock, stopped_inputs(self._looks()))
            return self._known[2]

    def _looks(self) -> pl.DataFrame:
        said = pl.coalesce("content", "resource")
        answers = self._log.answers()
        endpoints = answers.select(kind=pl.lit(Stage.COLLECT.value), input="endpoint", at="finished_at", said=said)
        return pl.concat([endpoints.cast(LOOKS), self._counts.looks().cast(LOOKS)])
