"""What is specified and configured, as tables for people who write SQL: whoever reads the lake needs no more."""

from hashlib import sha256
from typing import Final

import polars as pl

from headrace.run.tools import Night
from headrace.spec.table import LINE
from headrace.store.builtin import builtin_datasets
from headrace.store.csv_table import read_optional_table
from headrace.store.processing_record import DIGITAL_LAND, ProcessingRecord

TABLES: Final[dict[str, tuple[str, ...]]] = {
    "attribution": ("attribution", "text"),
    "cohort": ("cohort", "name", "project", "start-date", "end-date"),
    "dataset": ("dataset", "name", "collection", "typology"),
    "datatype": ("datatype", "name"),
    "field": ("field", "datatype", "name", "replacement-field", "end-date"),
    "issue-type": (
        *("issue-type", "severity", "name", "description", "responsibility"),
        *("quality_dimension", "quality_criteria", "quality_criteria_level"),
    ),
    "licence": ("licence", "text"),
    "provision": (
        *("organisation", "dataset", "provision-reason", "provision-rule", "role", "project", "cohort"),
        *("entry-date", "start-date", "end-date"),
    ),
    "provision-reason": ("provision-reason", "priority", "name", "description"),
    "provision-rule": ("provision-rule", "dataset", "provision-reason", "role", "project", "organisation"),
    "severity": ("severity", "name", "description"),
    "typology": ("typology", "name"),
}
"""Files of the specification that are kept, with the columns of one that is not there."""


def hash_specified(night: Night) -> str:
    """The hash of all that `specified_tables` are made of."""
    files = [night.config / "organisation.csv", *sorted(night.specification.glob("*.csv"))]
    files += [night.config / "collection" / name / "old-resource.csv" for name in sorted(night.plan.collections)]
    digest = sha256(repr(_datasets(night)).encode())
    for path in files:
        digest.update(sha256(path.read_bytes() if path.exists() else b"").digest())
    return digest.hexdigest()


def specified_tables(night: Night) -> dict[str, pl.DataFrame]:
    """The files of `TABLES` as they are, and what follows from others.

    Names are as on the existing platform, `_` standing for `-`. Of provisions, those of the datasets that are
    configured. Beside the files: `organisation`, `old_resource` (what is set aside), and `dataset_field`, each field of
    a dataset's schema with whether it is `current`.
    """
    tables = {_name(file): _read(night, file, columns) for file, columns in TABLES.items() if file != "provision"}
    tables["provision"] = read_provisions(night)
    tables["issue_type"] = _with_own_types(tables["issue_type"])
    tables["organisation"] = night.plan.organisation_table.rename(_name)
    tables["dataset_field"] = _dataset_fields(night)
    tables["old_resource"] = _old_resources(night)
    return tables


def read_provisions(night: Night) -> pl.DataFrame:
    """The provisions of the datasets that are configured: `organisation`, `dataset`, `end_date` and more."""
    every = _read(night, "provision", TABLES["provision"])
    return every.filter(pl.col("dataset").is_in(_datasets(night)))


def _read(night: Night, file: str, columns: tuple[str, ...]) -> pl.DataFrame:
    path = night.specification / f"{file}.csv"
    frame = read_optional_table(path, f"{night.specification.name}/{path.name}", columns).frame.drop(LINE)
    absent = [pl.lit(None, pl.String).alias(name) for name in columns if name not in frame.columns]
    return frame.with_columns(absent).rename(_name)


def _with_own_types(known: pl.DataFrame) -> pl.DataFrame:
    """The issue types of the specification, and the built-in ones that it lacks."""
    path = builtin_datasets() / "specification" / "issue-type.csv"
    own = read_optional_table(path, path.name, TABLES["issue-type"]).frame.drop(LINE).rename(_name)
    return pl.concat([known, own.join(known, on="issue_type", how="anti", maintain_order="left")], how="diagonal")


def _datasets(night: Night) -> list[str]:
    """The datasets that are configured, whether or not the night is about them."""
    return sorted({*night.plan.datasets, *night.plan.others})


def _dataset_fields(night: Night) -> pl.DataFrame:
    specified = night.plan.specification
    rows = [
        (dataset, field, field not in specified.fields or specified.fields[field].current)
        for dataset in _datasets(night)
        for field in specified.dataset(dataset).fields
    ]
    return pl.DataFrame(rows, schema={"dataset": pl.String, "field": pl.String, "current": pl.Boolean}, orient="row")


def _old_resources(night: Night) -> pl.DataFrame:
    rows = [
        (each.old_resource, each.status, each.resource or None, name)
        for name, collection in night.plan.collections.items()
        for each in collection.old_resources
    ]
    columns = ("old_resource", "status", "resource", "collection")
    own = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    before = ProcessingRecord(night.lake, DIGITAL_LAND).read("old_resource", own.schema)
    others = before.filter(~pl.col("collection").is_in(list(night.plan.collections)))
    return pl.concat([own, others if night.plan.others else others.clear()]).sort("old_resource", "collection")


def _name(column: str) -> str:
    return column.replace("-", "_")
