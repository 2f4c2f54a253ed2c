"""The third step of a night: the datasets whose results changed are assembled."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import orjson
import polars as pl

from headrace.assemble.tables import list_old_entities
from headrace.model.event import Kind, Stage
from headrace.model.partition import UNKNOWN
from headrace.model.release import DatasetSummary
from headrace.run.code import RELEASE_CODE, hash_code
from headrace.run.departure import waiting_at
from headrace.run.part import make_parts
from headrace.run.tools import Night
from headrace.run.transformation import Standing
from headrace.store.dataset_tables import count_rows, scan_table, write_parts
from headrace.store.file import move_whole, write_whole


@dataclass(frozen=True, slots=True)
class Assembled:
    """A dataset with its tables.

    Attributes:
        folder: says of which parts its tables are, and has what else is known of it.
        summary: what the tables hold.
        made: whether they were made in this run.
    """

    folder: Path
    summary: DatasetSummary
    made: bool

    def read(self, table: str) -> pl.DataFrame:
        """One of the tables."""
        return self.scan(table).collect()

    def scan(self, table: str) -> pl.LazyFrame:
        """One of the tables, to be read as far as it is needed."""
        return scan_table(self.folder, table)


def assemble_datasets(night: Night, standing: Mapping[str, Sequence[Standing]]) -> dict[str, Assembled]:
    """Assemble each dataset for which no tables are kept that were made of the same results by the same rules."""
    assembled = {}
    for number, (dataset, results) in enumerate(sorted(standing.items())):
        night.progress(Stage.ASSEMBLE, number, len(standing))
        key = _key(night, dataset, results)
        folder = night.lake.assembled_folder(dataset, key)
        made = not folder.is_dir()
        if not made:
            skipped = "its results are as they were"
            night.events.emit("dataset", dataset, Stage.ASSEMBLE, Kind.SKIPPED, dataset=dataset, reason=skipped)
        else:
            night.events.emit("dataset", dataset, Stage.ASSEMBLE, Kind.READY, dataset=dataset)
            night.events.emit("dataset", dataset, Stage.ASSEMBLE, Kind.STARTED, dataset=dataset)
            _assemble(night, dataset, key, results, folder)
            night.events.emit("dataset", dataset, Stage.ASSEMBLE, Kind.FINISHED, dataset=dataset)
        summary = DatasetSummary(**orjson.loads((folder / "summary.json").read_bytes()))
        assembled[dataset] = Assembled(folder, summary, made)
    night.progress(Stage.ASSEMBLE, len(standing), len(standing))
    _tell_unknown(night, assembled)
    return assembled


def _key(night: Night, dataset: str, standing: Sequence[Standing]) -> str:
    plan = night.plan.datasets[dataset]
    said = [
        [(each.key, each.held.ended_on) for each in standing],
        asdict(night.plan.specification.dataset(dataset)),
        plan.configuration.numbering.old_entities.write_csv(),
        night.plan.organisations.digest,
        sorted((curie, each.entity) for curie, each in night.plan.organisations.by_curie.items()),
        hash_code(RELEASE_CODE),
    ]
    return sha256(orjson.dumps(said)).hexdigest()[:32]


def _assemble(night: Night, dataset: str, key: str, standing: Sequence[Standing], folder: Path) -> None:
    parts = make_parts(night, dataset, standing)
    specified = night.plan.specification.dataset(dataset)
    old = list_old_entities(night.plan.datasets[dataset].configuration.numbering, specified)
    counts = {table: count_rows(night.lake, dataset, parts, table) for table in ("entity", "fact", "issue", "refused")}
    summary = DatasetSummary(
        dataset=dataset,
        entities=counts["entity"],
        facts=counts["fact"],
        issues=counts["issue"],
        refused=counts["refused"],
        resources=len(standing),
        inputs=key,
    )
    with night.lake.scratch() as scratch:
        state = scratch / "state"
        state.mkdir()
        old.write_parquet(state / "old_entity.parquet", compression="zstd")
        write_parts(state, parts)
        (state / "summary.json").write_bytes(orjson.dumps(asdict(summary)))
        move_whole(state, folder)


def _tell_unknown(night: Night, assembled: Mapping[str, Assembled]) -> None:
    """References that no entity has wait to be assigned; those that were waiting and are known now have been.

    What was told of a dataset last is remembered: nothing is to be told of one that is as it was then.
    """
    untold = {dataset: each for dataset, each in assembled.items() if _told(night, dataset) != each.summary.inputs}
    if not untold:
        return
    _tell_changes(night, untold)
    for dataset, each in untold.items():
        write_whole(_told_path(night, dataset), each.summary.inputs.encode())


def _told_path(night: Night, dataset: str) -> Path:
    return night.lake.assembled_folder(dataset, "told")


def _told(night: Night, dataset: str) -> str | None:
    path = _told_path(night, dataset)
    return path.read_text() if path.exists() else None


def _tell_changes(night: Night, assembled: Mapping[str, Assembled]) -> None:
    waiting = {
        item: (dataset, organisation)
        for item, dataset, organisation in waiting_at(night, Stage.ASSIGN).iter_rows()
        if dataset in assembled
    }
    now = {}
    for dataset, each in assembled.items():
        for organisation, prefix, reference in (
            each.read(UNKNOWN).select("organisation", "prefix", "reference").unique().sort(pl.all()).iter_rows()
        ):
            now[f"{dataset}/{organisation or ''}/{prefix}:{reference}"] = (dataset, organisation)
    for item in sorted(now.keys() - waiting.keys()):
        dataset, organisation = now[item]
        night.events.emit(
            "reference",
            item,
            Stage.ASSIGN,
            Kind.READY,
            dataset=dataset,
            organisation=organisation,
            reason="no entity has this reference yet",
        )
    for item in sorted(waiting.keys() - now.keys()):
        dataset, organisation = waiting[item]
        night.events.emit("reference", item, Stage.ASSIGN, Kind.FINISHED, dataset=dataset, organisation=organisation)
