"""A small release of invented data, served over real HTTP."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import polars as pl
import pytest
import uvicorn
from fastapi import FastAPI

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.release import DatasetSummary, Release
from headrace.publish.dataset_files import dataset_writers
from headrace.publish.media_types import find_media_type
from headrace.publish.record import write_record_sqlite
from headrace.publish.search import write_search_sqlite
from headrace.store.lake import Lake
from headrace.store.processing_record import ProcessingRecord
from headrace.store.releases import Releases
from headrace.web.app import create_app

CASES = Path(__file__).parent.parent / "cases" / "published"

Tables = dict[str, dict[str, pl.DataFrame]]


def read_tables() -> Tables:
    """Dataset → table → frame, from the cases."""
    tables: Tables = {}
    for table, schema in DATASET_TABLES.items():
        rows = pl.read_csv(CASES / f"{table.replace('_', '-')}.csv", schema=pl.Schema({"of": pl.String}) | schema)
        for (dataset,), frame in rows.group_by("of", maintain_order=True):
            tables.setdefault(str(dataset), {})[table] = frame.drop("of")
    return tables


def publish(root: Path, tables: Tables, date: str) -> Release:
    """Write every artefact of a release into a lake, and make it live."""
    lake = Lake(root)
    releases = Releases(lake)
    artefacts = []
    with lake.scratch() as folder:

        def keep(name: str) -> None:
            artefacts.append(lake.keep_artefact(folder / "part", name, find_media_type(name)))

        for dataset, frames in tables.items():
            for name, write in dataset_writers(dataset, frames).items():
                write(folder / "part")
                keep(name)
        old = [frames["old_entity"] for frames in tables.values() if "old_entity" in frames]
        write_search_sqlite(
            [frames["entity"] for frames in tables.values()],
            pl.read_csv(CASES / "dataset.csv", infer_schema=False),
            pl.read_csv(CASES / "organisation.csv", infer_schema=False),
            pl.concat(old) if old else pl.DataFrame(schema=DATASET_TABLES["old_entity"]),
            folder / "part",
        )
        keep("search.sqlite3")
        write_record_sqlite({"source": pl.DataFrame({"source": ["s1"], "dataset": ["tree"]})}, folder / "part")
        ProcessingRecord(lake).go_live(folder / "part")
    summaries = [
        DatasetSummary(
            dataset=dataset,
            entities=frames["entity"].height,
            facts=frames["fact"].height,
            issues=frames["issue"].height if "issue" in frames else 0,
            refused=frames["refused"].height if "refused" in frames else 0,
            resources=frames["dataset_resource"].height,
            inputs="0" * 64,
        )
        for dataset, frames in tables.items()
    ]
    release = releases.write(date, summaries, artefacts)
    releases.go_live(release)
    return release


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The frames of the cases."""
    return read_tables()


@pytest.fixture(scope="session")
def lake_root(tmp_path_factory: pytest.TempPathFactory, tables: Tables) -> Path:
    """A lake with one live release."""
    root = tmp_path_factory.mktemp("lake")
    publish(root, tables, "2024-05-02")
    return root


class Served:
    """The web over a lake, on a port of the loopback interface, for as long as the block lasts."""

    def __init__(self, root: Path | FastAPI) -> None:
        app = create_app(root) if isinstance(root, Path) else root
        self._server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1))
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> httpx2.Client:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the web did not start; see the log above")
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self._client = httpx2.Client(base_url=f"http://127.0.0.1:{port}")
        return self._client

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture(scope="session")
def publish_release() -> Callable[[Path, Tables, str], Release]:
    """What publishes tables into a lake as the release of a night."""
    return publish


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[httpx2.Client]]:
    """What serves a lake for the length of a block."""
    return Served


@pytest.fixture(scope="session")
def serve_app() -> Callable[[FastAPI], AbstractContextManager[httpx2.Client]]:
    """What serves a part of the web for the length of a block."""
    return Served


@pytest.fixture(scope="session")
def web(lake_root: Path) -> Iterator[httpx2.Client]:
    """A client of the web over the small release."""
    with Served(lake_root) as client:
        yield client
