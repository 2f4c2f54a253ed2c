"""The plan of a night: everything configured, read and checked before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from headrace.model.error import ConfigurationError
from headrace.spec.answers import Answers, hash_answers
from headrace.spec.configuration import Configuration, build_configuration
from headrace.spec.numbering import build_numbering
from headrace.spec.organisations import Organisations
from headrace.spec.specification import Specification
from headrace.spec.table import LINE, Table
from headrace.store.configuration_files import (
    Collection,
    read_collection,
    read_organisations,
    read_pipeline,
    read_specification,
)
from headrace.store.csv_table import read_optional_table, read_table


@dataclass(frozen=True, slots=True)
class DatasetPlan:
    """What one dataset is made with.

    Attributes:
        configuration: of its pipeline.
        answers: hashes of what its tables of entities say.
    """

    configuration: Configuration
    answers: Answers


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a night is made with.

    Attributes:
        specification, organisations: what data should be, and whose.
        collections: what is collected, by name.
        datasets: what is made, by name.
        others: names of datasets that are configured, and not made this time.
        dataset_table, organisation_table: the tables as they are configured, for what is published of them.
    """

    specification: Specification
    organisations: Organisations
    collections: Mapping[str, Collection]
    datasets: Mapping[str, DatasetPlan]
    others: tuple[str, ...]
    dataset_table: pl.DataFrame
    organisation_table: pl.DataFrame


def read_plan(config: Path, specification: Path, datasets: Sequence[str] = ()) -> Plan:
    """The plan that the folders of configuration and specification make, for some datasets or for all.

    `config` holds `organisation.csv`, `collection/<collection>/` and `pipeline/<collection>/`.

    Raises:
        ConfigurationError: a file is missing or malformed, or a dataset is not known.
    """
    specified = read_specification(specification)
    configured = configured_datasets(config, specified)
    wanted = sorted(set(datasets) or configured)
    if not wanted:
        raise ConfigurationError(
            str(config / "collection"), "no collection is configured", "a folder for a collection of the specification"
        )
    names = sorted({specified.dataset(dataset).collection for dataset in wanted})
    planned: dict[str, DatasetPlan] = {}
    for name in names:
        members = [dataset for dataset in wanted if specified.dataset(dataset).collection == name]
        planned |= plan_datasets(members, read_pipeline(config / "pipeline" / name))
    return Plan(
        specification=specified,
        organisations=read_organisations(config / "organisation.csv"),
        collections={name: read_collection(config / "collection" / name) for name in names},
        datasets=planned,
        others=tuple(sorted(configured - planned.keys())),
        dataset_table=_dataset_table(specification),
        organisation_table=read_table(config / "organisation.csv", "organisation.csv").frame.drop(LINE),
    )


def configured_datasets(config: Path, specification: Specification) -> set[str]:
    """The datasets whose collection and pipeline are both configured."""
    return {
        name
        for name, dataset in specification.datasets.items()
        if dataset.collection
        and (config / "collection" / dataset.collection).is_dir()
        and (config / "pipeline" / dataset.collection).is_dir()
    }


def plan_datasets(datasets: Sequence[str], pipeline: Mapping[str, Table]) -> dict[str, DatasetPlan]:
    """What datasets of one pipeline are made with, by the tables of its folder.

    Raises:
        ConfigurationError: a table is malformed.
    """
    numbering = build_numbering(pipeline)
    answers = hash_answers(numbering)
    return {dataset: DatasetPlan(build_configuration(dataset, pipeline, numbering), answers) for dataset in datasets}


@dataclass(frozen=True, slots=True)
class Workshop:
    """What one process needs to transform resources of one dataset."""

    specification: Specification
    organisations: Organisations
    dataset: DatasetPlan


@lru_cache(maxsize=64)
def open_workshop(config: Path, specification: Path, dataset: str, version: str) -> Workshop:
    """The workshop of a dataset, opened once for each run in a process.

    `version` names the run, so that a process that outlives one does not go on with its configuration.
    """
    del version
    specified = read_specification(specification)
    planned = plan_datasets([dataset], read_pipeline(config / "pipeline" / specified.dataset(dataset).collection))
    return Workshop(specified, read_organisations(config / "organisation.csv"), planned[dataset])


def _dataset_table(specification: Path) -> pl.DataFrame:
    """The table of datasets, with the texts of their licence and attribution where those are specified."""
    frame = read_table(specification / "dataset.csv", f"{specification.name}/dataset.csv").frame.drop(LINE)
    for name in ("licence", "attribution"):
        path = specification / f"{name}.csv"
        texts = read_optional_table(path, f"{specification.name}/{name}.csv", (name, "text")).frame
        if name in frame.columns and {name, "text"} <= set(texts.columns):
            said = texts.select(name, pl.col("text").alias(f"{name}-text")).unique(name, keep="first")
            frame = frame.join(said, on=name, how="left", maintain_order="left")
    return frame
