"""The report on endpoints and errors of a lake, read again when its collection log has changed."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from headrace.run.endpoint_errors import EndpointErrors, read_endpoint_errors
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake


class ErrorReading:
    """What the collection log of one lake says, kept for as long as the log does not change."""

    def __init__(self, lake_root: Path) -> None:
        self._lake = Lake(lake_root)
        self._lock = Lock()
        self._version: str | None = None
        self._errors: EndpointErrors | None = None

    def read(self) -> tuple[EndpointErrors, str]:
        """The report as it is now, and the version of the log that it is of."""
        with self._lock:
            version = AttemptLog(self._lake, "", "reader").version()
            if self._errors is None or version != self._version:
                # Read after the version was taken: what is added in between makes the next reading, not a stale one.
                self._errors = read_endpoint_errors(self._lake)
                self._version = version
            return self._errors, version


@lru_cache(maxsize=8)
def error_reading_at(lake_root: Path) -> ErrorReading:
    """The reading of a lake: one per process."""
    return ErrorReading(lake_root)
