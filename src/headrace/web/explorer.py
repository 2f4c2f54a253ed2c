"""The data explorer: Datasette over the databases of the live release."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from datasette.app import Datasette
from datasette.database import Database
from starlette.types import ASGIApp, Receive, Scope, Send

from headrace.store.lake import Lake
from headrace.store.processing_record import DIGITAL_LAND, NAME
from headrace.web.lending import NoReleaseError
from headrace.web.performance import PERFORMANCE, MadeDatabase, make_performance
from headrace.web.query.table_count import count_rows
from headrace.web.shelf import Edition, Reader

MOUNTED_AT: Final = "/datasette"

RECORD: Final = NAME.removesuffix(".sqlite3")
WITH_RECORD: Final = DIGITAL_LAND.removesuffix(".sqlite3")
"""Names of databases in the explorer: users of the existing platform ask the second for tables of both."""

_ENDING: Final = ".sqlite3"
_SETTINGS: Final[dict[str, object]] = {
    "base_url": f"{MOUNTED_AT}/",
    "default_page_size": 50,
    "facet_time_limit_ms": 200,
    "max_returned_rows": 1_000,
    "sql_time_limit_ms": 3_000,
    "suggest_facets": False,
}


class Explorer:
    """ASGI application that passes requests to a Datasette over the release they read.

    A Datasette is made when the first request of a release comes, and closed with the release.
    """

    def __init__(self, lake_root: Path) -> None:
        self._lake = Lake(lake_root)
        self._lock = asyncio.Lock()
        self._apps: dict[Edition, ASGIApp] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the release of the request."""
        reader: Reader | None = scope["state"]["reader"]
        if reader is None:
            raise NoReleaseError
        app = await self._find_app(reader)
        await app(scope, receive, send)

    async def _find_app(self, reader: Reader) -> ASGIApp:
        """The Datasette of a release, made and started if it is not yet."""
        edition = reader.edition
        async with self._lock:
            if edition not in self._apps:
                performance = await asyncio.to_thread(make_performance, reader, self._lake, datetime.now(UTC))
                explorer = _open_datasette(reader, performance)
                await explorer.invoke_startup()
                self._apps[edition] = explorer.app()
                reader.close_with(lambda: self._close(edition, explorer))
            return self._apps[edition]

    def _close(self, edition: Edition, explorer: Datasette) -> None:
        self._apps.pop(edition, None)
        if explorer.executor is not None:
            explorer.executor.shutdown(wait=True)
        for database in explorer.databases.values():
            database.close()


class DatabaseWithRecord(Database):
    """A database whose queries find the tables of the record of processing too, as if they were its own."""

    def __init__(self, explorer: Datasette, path: Path, record: Path) -> None:
        super().__init__(explorer, path=str(path), is_mutable=False)  # type: ignore[no-untyped-call]
        self._record = record

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection for reading."""
        connection: sqlite3.Connection = super().connect(write)  # type: ignore[no-untyped-call]
        connection.execute("ATTACH ? AS record", [f"{self._record.resolve().as_uri()}?immutable=1"])
        return connection


def name_databases(reader: Reader) -> dict[str, str]:
    """Name of each database in the explorer → the artefact it is: datasets by name, then the record of processing."""
    return {name.removeprefix("dataset/").removesuffix(_ENDING): name for name in reader.databases}


def _inspect(reader: Reader, artefact: str) -> dict[str, object]:
    """What Datasette would otherwise read the whole file for: its hash, size, and rows per table."""
    path = reader.path(artefact)
    counts = count_rows(reader.database(artefact))
    return {
        "file": str(path),
        "hash": path.name,
        "size": path.stat().st_size,
        "tables": {table: {"count": count} for table, count in counts.items()},
    }


def _open_datasette(reader: Reader, performance: MadeDatabase | None) -> Any:  # Datasette 0.65 has no types
    databases = name_databases(reader)
    inspected = {name: _inspect(reader, artefact) for name, artefact in databases.items()}
    paths = {name: reader.path(artefact) for name, artefact in databases.items()}
    if performance is not None:
        inspected[PERFORMANCE] = performance.inspected
        paths[PERFORMANCE] = performance.path
    explorer = Datasette(
        files=[],
        settings=_SETTINGS,
        inspect_data=inspected,
        metadata={
            "title": "Headrace data explorer",
            "description": f"Every table of release {reader.release.id}, for people who write SQL.",
            "about": "Headrace",
            "about_url": "/",
            "license": "Open Government Licence v3.0",
            "license_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        },
    )
    explorer.remove_database("_memory")
    for name, path in paths.items():
        database = Database(explorer, path=str(path), is_mutable=False)
        if name == WITH_RECORD and RECORD in paths:
            database = DatabaseWithRecord(explorer, path, paths[RECORD])
        explorer.add_database(database, name=name)
    return explorer
