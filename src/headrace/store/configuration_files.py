"""Reading the folders of the specification and of the configuration, in the formats of the existing platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headrace.model.endpoint import Endpoint
from headrace.model.error import ConfigurationError
from headrace.spec.category import build_category_lists
from headrace.spec.configuration import PIPELINE_TABLES, Configuration, build_configuration
from headrace.spec.numbering import build_numbering
from headrace.spec.organisations import Organisations, build_organisations
from headrace.spec.specification import OPTIONAL_TABLES, REQUIRED_TABLES, Specification, build_specification
from headrace.spec.table import Table
from headrace.store.builtin import builtin_datasets
from headrace.store.csv_table import read_optional_table, read_table
from headrace.store.query_file import read_query


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes what, and where: one row of `source.csv`.

    Attributes:
        endpoint: hash of the URL; organisation: CURIE; datasets: what is expected there; dates: ISO or "".
    """

    source: str
    endpoint: str
    organisation: str
    datasets: tuple[str, ...]
    documentation_url: str
    licence: str
    entry_date: str
    end_date: str


@dataclass(frozen=True, slots=True)
class OldResource:
    """A resource that is no longer used: status 410 drops it, 301 has another used in its place."""

    old_resource: str
    status: str
    resource: str


@dataclass(frozen=True, slots=True)
class Collection:
    """What is collected together: the endpoints, who they belong to, and resources set aside."""

    collection: str
    endpoints: tuple[Endpoint, ...]
    sources: tuple[Source, ...]
    old_resources: tuple[OldResource, ...]


BUILT_IN: Final = {"mandatory-field": "specification/mandatory-field.csv"}
"""Tables that the existing platform has in its code: the built-in ones stand in where a specification has none."""


def read_specification(folder: Path) -> Specification:
    """The specification in a folder of CSV files, with the lists of category values in its folder `category`, if any.

    Raises:
        ConfigurationError: a file is missing or malformed.
    """
    _require_folder(folder, "the folder of the specification")
    tables = {name: read_table(folder / f"{name}.csv", f"{folder.name}/{name}.csv") for name in REQUIRED_TABLES}
    for name, columns in OPTIONAL_TABLES.items():
        own = folder / f"{name}.csv"
        path = own if own.exists() else builtin_datasets() / BUILT_IN.get(name, own.name)
        tables[name] = read_optional_table(path, f"{folder.name}/{name}.csv", columns)
    lists = {
        path.stem: read_table(path, f"{folder.name}/category/{path.name}")
        for path in sorted((folder / "category").glob("*.csv"))
    }
    return build_specification(tables, build_category_lists(lists))


def read_organisations(path: Path) -> Organisations:
    """The organisations in a file.

    Raises:
        ConfigurationError: the file is missing or malformed.
    """
    return build_organisations(read_table(path, path.name))


def read_pipeline(folder: Path) -> dict[str, Table]:
    """The tables of a pipeline folder, for `build_configuration`; a file that is not there has no rows.

    Raises:
        ConfigurationError: the folder is missing, or a file is malformed.
    """
    _require_folder(folder, "a pipeline folder")
    name = f"{folder.parent.name}/{folder.name}"
    return {
        table: read_optional_table(folder / f"{table}.csv", f"{name}/{table}.csv", columns)
        for table, columns in PIPELINE_TABLES.items()
    }


def read_configuration(folder: Path, dataset: str, more_lookups: Sequence[Table] = ()) -> Configuration:
    """The configuration of one dataset in a pipeline folder.

    Raises:
        ConfigurationError: the folder is missing, or a file is malformed.
    """
    tables = read_pipeline(folder)
    return build_configuration(dataset, tables, build_numbering(tables, more_lookups))


def read_collection(folder: Path) -> Collection:
    """The endpoints and sources in a collection folder, and the queries that they name.

    Raises:
        ConfigurationError: a file is missing or malformed.
    """
    _require_folder(folder, "a collection folder")
    name = f"{folder.parent.name}/{folder.name}"
    endpoints = read_table(folder / "endpoint.csv", f"{name}/endpoint.csv").require("endpoint", "endpoint-url")
    sources = read_table(folder / "source.csv", f"{name}/source.csv").require("endpoint", "organisation", "pipelines")
    old = read_optional_table(
        folder / "old-resource.csv", f"{name}/old-resource.csv", ("old-resource", "status", "resource")
    )
    return Collection(
        collection=folder.name,
        endpoints=tuple(
            Endpoint(
                endpoint=row["endpoint"],
                url=row["endpoint-url"],
                plugin=row.get("plugin") or None,
                parameters=row.get("parameters") or None,
                query=read_query(folder, row["endpoint-url"], row.get("plugin")),
                entry_date=row.get("entry-date") or None,
                start_date=row.get("start-date") or None,
                end_date=row.get("end-date") or None,
            )
            for row in endpoints.rows()
            if row["endpoint-url"]
        ),
        sources=tuple(
            Source(
                source=row.get("source", ""),
                endpoint=row["endpoint"],
                organisation=row["organisation"].replace("local-authority-eng:", "local-authority:"),
                datasets=tuple(dataset for dataset in row["pipelines"].split(";") if dataset),
                documentation_url=row.get("documentation-url", ""),
                licence=row.get("licence", ""),
                entry_date=row.get("entry-date", ""),
                end_date=row.get("end-date", ""),
            )
            for row in sources.rows()
        ),
        old_resources=tuple(
            OldResource(row["old-resource"], row["status"], row.get("resource", "")) for row in old.rows()
        ),
    )


def _require_folder(folder: Path, what: str) -> None:
    if not folder.is_dir():
        raise ConfigurationError(str(folder), "there is no such folder", what)
