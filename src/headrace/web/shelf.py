"""The shelf: the release that is live, open for reading, and replaced when another goes live."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from headrace.model.error import ReleaseError
from headrace.model.release import Release
from headrace.store.lake import Lake
from headrace.store.processing_record import DIGITAL_LAND, ProcessingRecord
from headrace.store.processing_record import NAME as RECORD
from headrace.store.releases import Releases
from headrace.web.database import Database
from headrace.web.memory import Memory

RECHECK_SECONDS: Final = 1.0
"""How long a reader may go on with a release after another went live."""

SEARCH: Final = "search.sqlite3"

NOTHING: Final[Mapping[str, Path]] = {}

Edition = tuple[str, Path | None]
"""The id of a release, and where the record of processing beside it is."""

_LOG: Final = logging.getLogger(__name__)


class Reader:
    """One release, open for reading, with the record of processing as it stood.

    Attributes:
        release: its manifest.
        edition: what tells this reader from others: the id of the release, and where the record is, if there is one.
        memory: answers worth keeping for as long as the release is open.
    """

    def __init__(self, release: Release, releases: Releases, beside: Mapping[str, Path] = NOTHING) -> None:
        self.release = release
        self.edition: Edition = (release.id, beside.get(RECORD))
        self.memory = Memory()
        self._paths = {each.name: releases.path_of(each) for each in release.artefacts}
        self._paths |= beside
        self._beside = tuple(beside)
        self._to_close: list[Callable[[], None]] = []
        self._databases: dict[str, Database] = {}
        self._lock = threading.Lock()

    def path(self, name: str) -> Path:
        """Where the bytes of an artefact are; KeyError if the release has none of that name."""
        return self._paths[name]

    def database(self, name: str) -> Database:
        """The SQLite artefact of that name; KeyError if the release has none."""
        database = self._databases.get(name)
        if database is None:
            with self._lock:
                database = self._databases.setdefault(name, Database(self._paths[name]))
        return database

    @property
    def search(self) -> Database:
        """The database over all datasets."""
        return self.database(SEARCH)

    def dataset(self, dataset: str) -> Database:
        """The database of one dataset; KeyError if the release has none."""
        return self.database(f"dataset/{dataset}.sqlite3")

    @property
    def databases(self) -> list[str]:
        """The names of all that can be opened as a database for people who write SQL, datasets first."""
        datasets = sorted(name for name in self._paths if name.startswith("dataset/") and name.endswith(".sqlite3"))
        return [*datasets, *self._beside]

    def has_dataset(self, dataset: str) -> bool:
        """Whether the release has a database of a dataset."""
        return f"dataset/{dataset}.sqlite3" in self._paths

    def close_with(self, close: Callable[[], None]) -> None:
        """Have something else closed when the release is."""
        self._to_close.append(close)

    def close(self) -> None:
        """Close every database that was opened, and what is to be closed with them."""
        for close in [*self._to_close, *(database.close for database in self._databases.values())]:
            close()


class _Borrowed:
    """A reader with the number of requests that use it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.borrowers = 0
        self.replaced = False


class Shelf:
    """Holds the live release of a lake and lends it to requests.

    The pointers of the lake are looked at again at most each `recheck_seconds`. When another release is live, or the
    record of processing has been made again, a new reader is opened and takes the place of the old in one step; the
    old is closed when the last request that borrowed it is done. A release that cannot be opened is logged, and the
    old one stays.
    """

    def __init__(
        self,
        lake_root: Path,
        recheck_seconds: float = RECHECK_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._releases = Releases(Lake(lake_root))
        self._record = ProcessingRecord(Lake(lake_root))
        self._digital_land = ProcessingRecord(Lake(lake_root), DIGITAL_LAND)
        self._recheck_seconds = recheck_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._current: _Borrowed | None = None
        self._refused: str | None = None
        self._checked_at: float | None = None

    @contextmanager
    def borrow(self) -> Iterator[Reader | None]:
        """The live release, which stays open until the block ends; None before the first."""
        with self._lock:
            self._follow()
            borrowed = self._current
            if borrowed is not None:
                borrowed.borrowers += 1
        try:
            yield None if borrowed is None else borrowed.reader
        finally:
            if borrowed is not None:
                with self._lock:
                    borrowed.borrowers -= 1
                    _close_if_done(borrowed)

    def close(self) -> None:
        """Close the release as soon as nobody reads it."""
        with self._lock:
            self._replace(None)

    def _follow(self) -> None:
        now = self._clock()
        if self._checked_at is not None and now - self._checked_at < self._recheck_seconds:
            return
        self._checked_at = now
        live, record = self._releases.live_id(), self._record.live()
        held = None if self._current is None else self._current.reader.edition
        if live is None or live == self._refused or (live, record) == held:
            return
        try:
            release = self._releases.load(live)
        except ReleaseError as error:
            self._refused = live
            _LOG.error("release %r cannot be served, %r still is: %s", live, held and held[0], error)
            return
        self._refused = None
        # The record goes live last in a night, so that what else there is beside the release goes with it.
        found = {RECORD: record, DIGITAL_LAND: self._digital_land.live()}
        beside = {name: path for name, path in found.items() if path is not None}
        self._replace(_Borrowed(Reader(release, self._releases, beside)))
        _LOG.info("release %r is served, after %r", live, held and held[0])

    def _replace(self, new: _Borrowed | None) -> None:
        old, self._current = self._current, new
        if old is not None:
            old.replaced = True
            _close_if_done(old)


def _close_if_done(borrowed: _Borrowed) -> None:
    if borrowed.replaced and borrowed.borrowers == 0:
        borrowed.reader.close()
