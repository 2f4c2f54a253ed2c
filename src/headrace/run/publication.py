"""The last steps of a night: artefacts are made of the tables, and a release of the artefacts."""

import csv
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson
import polars as pl

from headrace.flow.release_history import OF_RELEASES
from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.event import Kind, Stage
from headrace.model.release import Artefact, Release
from headrace.publish.data_package import make_data_package
from headrace.publish.dataset_files import dataset_writers
from headrace.publish.media_types import find_media_type
from headrace.publish.search import write_search_sqlite
from headrace.run.assembly import Assembled
from headrace.run.code import RELEASE_CODE, hash_code
from headrace.run.release_control import TAKEN_BACK, waits_for_a_person, was_taken_back
from headrace.run.tools import Night
from headrace.store.file import write_whole
from headrace.store.releases import Releases

SEARCH = "search.sqlite3"

WRITERS: Final = 2
"""How many files are written at a time; more would hold more of a dataset in memory."""


def publish_datasets(night: Night, assembled: Mapping[str, Assembled]) -> list[Artefact]:
    """The artefacts of every dataset, made where they are not kept already, and the search over all of them.

    The files of a dataset, and the search, are written side by side: what writes them holds the interpreter little.
    """
    artefacts: list[Artefact] = []
    changed = [dataset for dataset, each in assembled.items() if not _known(night, each.folder)]
    with ThreadPoolExecutor(max_workers=WRITERS) as writers:
        search = writers.submit(_publish_search, night, assembled)
        for number, (dataset, each) in enumerate(sorted(assembled.items())):
            night.progress(Stage.PUBLISH, number, len(assembled))
            if dataset in changed:
                night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.READY, dataset=dataset)
                night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.STARTED, dataset=dataset)
                made = _publish(night, dataset, each, writers)
                _remember(each.folder, made)
                night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.FINISHED, dataset=dataset)
            artefacts += _known(night, each.folder)
        artefacts.append(search.result())
    night.progress(Stage.PUBLISH, len(assembled), len(assembled))
    return artefacts


def release_artefacts(night: Night, assembled: Mapping[str, Assembled], artefacts: list[Artefact]) -> Release | None:
    """Make a release of the artefacts and switch to it; None where none goes live.

    That is where the live release holds the same already, and where what it holds was taken back before: the release is
    made, and waits for a person.
    """
    releases = Releases(night.lake)
    live = releases.live()
    if live is not None and live.artefacts == tuple(sorted(artefacts, key=lambda each: each.name)):
        return None
    release = releases.write(night.date, [each.summary for each in assembled.values()], artefacts)
    events = night.events.read(OF_RELEASES)
    if was_taken_back(events, release):
        if not waits_for_a_person(events, release):
            night.events.emit("release", release.id, Stage.RELEASE, Kind.READY)
            night.events.emit("release", release.id, Stage.RELEASE, Kind.BLOCKED, reason=TAKEN_BACK)
        return None
    night.events.emit("release", release.id, Stage.RELEASE, Kind.READY)
    night.events.emit("release", release.id, Stage.RELEASE, Kind.STARTED)
    releases.go_live(release)
    night.events.emit("release", release.id, Stage.RELEASE, Kind.FINISHED)
    return release


def _remember(folder: Path, artefacts: Sequence[Artefact]) -> None:
    write_whole(folder / "artefacts.json", orjson.dumps([asdict(artefact) for artefact in artefacts]))


def _known(night: Night, folder: Path) -> list[Artefact]:
    """The artefacts that were made of what is in a folder; none where one of them is missing."""
    try:
        artefacts = [Artefact(**each) for each in orjson.loads((folder / "artefacts.json").read_bytes())]
    except FileNotFoundError:
        return []
    return artefacts if all(night.lake.artefact_path(each.sha256).exists() for each in artefacts) else []


def _publish(night: Night, dataset: str, assembled: Assembled, writers: Executor) -> list[Artefact]:
    tables = {name: assembled.read(name) for name in DATASET_TABLES}
    specified = night.plan.specification.dataset(dataset)
    with night.lake.scratch() as scratch:
        by_name = dataset_writers(dataset, tables, specified.fields)
        files = list(writers.map(lambda name: _make(night, name, by_name[name], scratch), by_name))
        columns = _header(night, next(file for file in files if file.name.endswith(".csv")))
        package = make_data_package(specified, night.plan.specification.fields, files, columns)
        return [
            *files,
            _make(night, f"dataset/{dataset}.datapackage.json", lambda to: write_whole(to, package), scratch),
        ]


def _header(night: Night, table: Artefact) -> list[str]:
    with night.lake.artefact_path(table.sha256).open(newline="", encoding="utf-8") as file:
        return next(csv.reader(file))


def _publish_search(night: Night, assembled: Mapping[str, Assembled]) -> Artefact:
    """The search over all datasets, made where none is kept that was made of the same tables."""
    datasets = night.plan.dataset_table.filter(pl.col("dataset").is_in(sorted(assembled)))
    said = [sorted(each.summary.inputs for each in assembled.values()), hash_code(RELEASE_CODE)]
    said += [datasets.write_csv(), night.plan.organisation_table.write_csv()]
    folder = night.lake.assembled_folder("search", sha256(orjson.dumps(said)).hexdigest()[:32])
    known = _known(night, folder)
    if known:
        return known[0]

    no_old_entities = pl.DataFrame(schema=DATASET_TABLES["old_entity"])

    def write(to: Path) -> None:
        write_search_sqlite(
            (each.read("entity") for _, each in sorted(assembled.items())),
            datasets,
            night.plan.organisation_table,
            pl.concat([no_old_entities, *(each.read("old_entity") for _, each in sorted(assembled.items()))]),
            to,
        )

    with night.lake.scratch() as scratch:
        artefact = _make(night, SEARCH, write, scratch)
    _remember(folder, [artefact])
    return artefact


def _make(night: Night, name: str, write: Callable[[Path], None], scratch: Path) -> Artefact:
    file = scratch / name.replace("/", "-")
    write(file)
    return night.lake.keep_artefact(file, name, find_media_type(name))
