"""Close-ups of the stages of a lake, kept while nothing is recorded, because seven charts are drawn from each."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from headrace.flow.close_up import CloseUp, chance_of, close_up
from headrace.flow.stream import Passages
from headrace.web.stream_gauge import FRESH


class CloseUps:
    """The latest close-up of every stage that was looked at."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, tuple[Passages, CloseUp]] = {}

    def look(self, passed: Passages, stage: str, now: datetime) -> CloseUp:
        """The close-up of a stage; where nothing was recorded since, as it was up to `FRESH` before."""
        with self._lock:
            kept = self._kept.get(stage)
            if kept is None or kept[0] is not passed or not timedelta(0) <= now - kept[1].now < FRESH:
                kept = (passed, close_up(passed, stage, now, chance_of(now)))
                self._kept[stage] = kept
            return kept[1]


@lru_cache(maxsize=8)
def _close_ups_at(lake_root: Path) -> CloseUps:
    return CloseUps()


def close_ups(request: Request) -> CloseUps:
    """The close-ups of the lake that is served."""
    return _close_ups_at(request.app.state.lake_root)


Looked = Annotated[CloseUps, Depends(close_ups)]
