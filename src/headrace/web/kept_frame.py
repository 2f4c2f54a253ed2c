"""What is made of a whole record, kept for as long as the record does not change."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import polars as pl

from headrace.flow.stream import Passages


class KeptFrames:
    """A frame of each lake, made anew when its record has changed.

    Attributes:
        make: makes the frame of a record.
    """

    def __init__(self, make: Callable[[Passages], pl.DataFrame]) -> None:
        self.make = make
        self._lock = Lock()
        self._kept: dict[Path, tuple[Passages, pl.DataFrame]] = {}

    def of(self, lake_root: Path, passed: Passages) -> pl.DataFrame:
        """The frame of the record of a lake, which is `passed`."""
        with self._lock:
            kept = self._kept.get(lake_root)
            if kept is None or kept[0] is not passed:
                kept = self._kept[lake_root] = (passed, self.make(passed))
            return kept[1]
