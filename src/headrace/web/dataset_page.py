"""What the page of a dataset shows."""

from dataclasses import dataclass
from typing import Final

from headrace.model.release import Artefact
from headrace.web.query.dataset import (
    DatasetRow,
    ResourceRow,
    Tally,
    count_issues,
    count_refused,
    find_dataset_row,
    list_resources,
)
from headrace.web.shelf import Reader

RESOURCES: Final = 50
"""How many resources are listed; the data explorer has them all."""

_FORMATS: Final = {
    ".csv": "CSV",
    ".datapackage.json": "Data package",
    ".geojson": "GeoJSON",
    ".ndjson": "NDJSON",
    ".parquet": "GeoParquet",
    ".sqlite3": "SQLite",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the dataset.

    Attributes:
        format: what people call it.
        artefact: the file.
    """

    format: str
    artefact: Artefact


@dataclass(frozen=True, slots=True)
class Example:
    """A request that can be copied.

    Attributes:
        purpose: what it asks.
        address: the whole address.
    """

    purpose: str
    address: str


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """What the page of a dataset shows.

    Attributes:
        said: the dataset's document.
        row: what the release holds of it.
        has_tables: whether the release has a database of it.
        issues, refused: what is wrong in its resources, and what could not be used.
        issue_count, refused_count: how many of each.
        resources: what it is made from, the newest first.
        downloads: its files.
        examples: requests to the API.
    """

    said: dict[str, object]
    row: DatasetRow
    has_tables: bool
    issues: list[Tally]
    refused: list[Tally]
    issue_count: int
    refused_count: int
    resources: list[ResourceRow]
    downloads: tuple[Download, ...]
    examples: tuple[Example, ...]


def describe_dataset(reader: Reader, dataset: str, said: dict[str, object], origin: str) -> DatasetPage:
    """The page of a dataset; `origin` is scheme and host of the addresses in examples.

    Raises:
        KeyError: the release does not know the dataset.
    """
    row = find_dataset_row(reader, dataset)
    if row is None:
        raise KeyError(dataset)
    downloads = _list_downloads(reader, dataset)
    has_tables = any(download.format == "SQLite" for download in downloads)
    issues = count_issues(reader, dataset) if has_tables else []
    refused = count_refused(reader, dataset) if has_tables else []
    return DatasetPage(
        said=said,
        row=row,
        has_tables=has_tables,
        issues=issues,
        refused=refused,
        issue_count=sum(tally.count for tally in issues),
        refused_count=sum(tally.count for tally in refused),
        resources=list_resources(reader, dataset, RESOURCES) if has_tables else [],
        downloads=downloads,
        examples=_make_examples(row, origin),
    )


def _list_downloads(reader: Reader, dataset: str) -> tuple[Download, ...]:
    names = {f"dataset/{dataset}{ending}": name for ending, name in _FORMATS.items()}
    return tuple(Download(names[each.name], each) for each in reader.release.artefacts if each.name in names)


def _make_examples(row: DatasetRow, origin: str) -> tuple[Example, ...]:
    base = f"{origin}/entity.json?dataset={row.dataset}"
    examples = [Example("The first ten entities, and how many there are", base)]
    if row.located_count:
        examples.append(Example("Those at a point", f"{base}&longitude=-0.1276&latitude=51.5072"))
        examples.append(
            Example("As GeoJSON, 500 at a time", f"{origin}/entity.geojson?dataset={row.dataset}&limit=500")
        )
    examples.append(Example("Those entered since 2024 began", f"{base}&entry_date_year=2024&entry_date_match=since"))
    return tuple(examples)
