"""The last steps of a night: artefacts are made of the tables, and a release of the artefacts."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

import orjson
import polars as pl

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.event import Kind, Stage
from headrace.model.release import Artefact, Release
from headrace.publish.entity_csv import write_entity_csv
from headrace.publish.geojson import write_geojson
from headrace.publish.media_types import find_media_type
from headrace.publish.parquet import write_parquet
from headrace.publish.search import write_search_sqlite
from headrace.publish.sqlite import write_dataset_sqlite
from headrace.run.assembly import Assembled
from headrace.run.tools import Night
from headrace.store.file import write_whole
from headrace.store.releases import Releases

SEARCH = "search.sqlite3"


def publish_datasets(night: Night, assembled: Mapping[str, Assembled]) -> list[Artefact]:
    """The artefacts of every dataset, made where they are not kept already, and the search over all of them."""
    artefacts: list[Artefact] = []
    changed = [dataset for dataset, each in assembled.items() if not _known(night, each)]
    for number, (dataset, each) in enumerate(sorted(assembled.items())):
        night.progress(Stage.PUBLISH, number, len(assembled))
        if dataset in changed:
            night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.READY, dataset=dataset)
            night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.STARTED, dataset=dataset)
            made = _publish(night, dataset, each)
            write_whole(_list_of(each), orjson.dumps([asdict(artefact) for artefact in made]))
            night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.FINISHED, dataset=dataset)
        artefacts += _known(night, each)
    artefacts.append(_publish_search(night, assembled))
    night.progress(Stage.PUBLISH, len(assembled), len(assembled))
    return artefacts


def release_artefacts(night: Night, assembled: Mapping[str, Assembled], artefacts: list[Artefact]) -> Release | None:
    """Make a release of the artefacts and switch to it; None where the live release holds the same already."""
    releases = Releases(night.lake)
    live = releases.live()
    if live is not None and live.artefacts == tuple(sorted(artefacts, key=lambda each: each.name)):
        return None
    release = releases.write(night.date, [each.summary for each in assembled.values()], artefacts)
    night.events.emit("release", release.id, Stage.RELEASE, Kind.READY)
    night.events.emit("release", release.id, Stage.RELEASE, Kind.STARTED)
    releases.go_live(release)
    night.events.emit("release", release.id, Stage.RELEASE, Kind.FINISHED)
    return release


def _list_of(assembled: Assembled) -> Path:
    return assembled.folder / "artefacts.json"


def _known(night: Night, assembled: Assembled) -> list[Artefact]:
    """The artefacts already made of these tables; none where one of them is missing."""
    try:
        artefacts = [Artefact(**each) for each in orjson.loads(_list_of(assembled).read_bytes())]
    except FileNotFoundError:
        return []
    return artefacts if all(night.lake.artefact_path(each.sha256).exists() for each in artefacts) else []


def _publish(night: Night, dataset: str, assembled: Assembled) -> list[Artefact]:
    tables = {name: assembled.read(name) for name in DATASET_TABLES}
    fields = night.plan.specification.dataset(dataset).fields
    writers: dict[str, Callable[[Path], None]] = {
        f"dataset/{dataset}.sqlite3": lambda to: write_dataset_sqlite(tables, to),
        f"dataset/{dataset}.csv": lambda to: write_entity_csv(tables["entity"], to, fields),
        f"dataset/{dataset}.geojson": lambda to: write_geojson(tables["entity"], to),
        f"dataset/{dataset}.parquet": lambda to: write_parquet(tables["entity"], to),
    }
    with night.lake.scratch() as scratch:
        return [_make(night, name, write, scratch) for name, write in writers.items()]


def _publish_search(night: Night, assembled: Mapping[str, Assembled]) -> Artefact:
    """The search over all datasets: the live release's, where that was made of the same tables."""
    live = Releases(night.lake).live()
    summaries = tuple(each.summary for _, each in sorted(assembled.items()))
    if live is not None and live.datasets == summaries:
        return live.artefact(SEARCH)

    def write(to: Path) -> None:
        write_search_sqlite(
            (each.read("entity") for _, each in sorted(assembled.items())),
            night.plan.dataset_table.filter(pl.col("dataset").is_in(sorted(assembled))),
            night.plan.organisation_table,
            pl.concat([each.read("old_entity") for _, each in sorted(assembled.items())]),
            to,
        )

    with night.lake.scratch() as scratch:
        return _make(night, SEARCH, write, scratch)


def _make(night: Night, name: str, write: Callable[[Path], None], scratch: Path) -> Artefact:
    file = scratch / name.replace("/", "-")
    write(file)
    return night.lake.keep_artefact(file, name, find_media_type(name))
