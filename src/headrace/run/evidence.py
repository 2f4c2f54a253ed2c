"""What the expectations of a dataset are judged on: its tables, those of other datasets, and what is configured."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from headrace.model.partition import STATED
from headrace.publish.entity_csv import flatten_entities
from headrace.run.assembly import Assembled
from headrace.run.issue_history import PUBLISHER
from headrace.run.tools import Night
from headrace.spec.configuration import PIPELINE_TABLES
from headrace.store.csv_table import read_optional_table
from headrace.watch.expectation.boundary import BOUNDARIES
from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.plan_event import TIMETABLE

OTHERS: Final = (BOUNDARIES, TIMETABLE)
"""Datasets on which those of others are judged; one that is neither of the night nor live is not available."""

DATED: Final = ("check_fields_required_after_plan_event",)
"""Operations whose judgement may be another on another day."""


def gather_evidence(night: Night, dataset: str, assembled: Mapping[str, Assembled]) -> Evidence:
    """The evidence for a dataset of the night."""
    each = assembled[dataset]
    entity = each.read("entity")
    others = {name: partial(assembled[name].read, "entity") for name in OTHERS if name in assembled}
    tables = {f"{name}.csv": partial(_read_table, night, dataset, name) for name in PIPELINE_TABLES}
    return Evidence(
        dataset,
        entity,
        _active(night, each),
        date.fromisoformat(night.date),
        rows=lambda: flatten_entities(entity, night.plan.specification.dataset(dataset).fields),
        others=others | tables,
    )


def hash_of_table(night: Night, dataset: str, file: str) -> str:
    """SHA-256 of what a table of the dataset's pipeline folder says; that of nothing where it is not there."""
    path = _folder(night, dataset) / file.rpartition("/")[2]
    return sha256(path.read_bytes() if path.is_file() else b"").hexdigest()


def _active(night: Night, each: Assembled) -> pl.DataFrame:
    """The entities that the files say something of that each organisation publishes now."""
    numbers = {curie: one.entity for curie, one in night.plan.organisations.by_curie.items() if one.entity is not None}
    current = (
        each.read(PUBLISHER)
        .filter(pl.col("end_date").is_null())
        .select("resource", pl.col("organisation").str.split(";"))
        .explode("organisation")
        .select(
            "resource",
            organisation_entity=pl.col("organisation").replace_strict(numbers, default=None, return_dtype=pl.Int64),
        )
        .drop_nulls()
    )
    return each.read(STATED).join(current, on="resource").select("entity", "organisation_entity").unique()


def _read_table(night: Night, dataset: str, name: str) -> pl.DataFrame:
    path = _folder(night, dataset) / f"{name}.csv"
    return read_optional_table(path, path.name, PIPELINE_TABLES[name]).frame


def _folder(night: Night, dataset: str) -> Path:
    return night.config / "pipeline" / night.plan.specification.dataset(dataset).collection
