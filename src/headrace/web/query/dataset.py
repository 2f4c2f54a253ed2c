"""Datasets: what each is, what a release holds of it, and what is wrong with it."""

from dataclasses import dataclass

from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One dataset in a list.

    Attributes:
        dataset, name, typology: what it is called and what kind of thing it describes.
        entity_count, located_count: entities, and those with a geometry.
        latest_entry_date: the last day, ISO, that an entity was entered.
    """

    dataset: str
    name: str
    typology: str | None
    entity_count: int
    located_count: int
    latest_entry_date: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something occurs.

    Attributes:
        said: what, for example an issue type.
        where: in which field or phase; None where that does not apply.
        count: how often.
        resources: in how many resources.
    """

    said: str
    where: str | None
    count: int
    resources: int


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One resource that a dataset is made from.

    Attributes:
        resource: SHA-256 of its bytes, in hexadecimal.
        start_date: the day, ISO, it was first collected.
        end_date: the day it stopped being served.
        mime_type: its format, by content.
        entry_count, entity_count: rows read, and entities they speak of.
        issue_count: problems found in it.
    """

    resource: str
    start_date: str | None
    end_date: str | None
    mime_type: str | None
    entry_count: int | None
    entity_count: int | None
    issue_count: int


def list_datasets(reader: Reader) -> list[DatasetRow]:
    """Every dataset, those that hold something first, then by name."""
    rows = reader.search.rows(
        "SELECT dataset, name, typology, entity_count, located_count, latest_entry_date FROM dataset "
        "ORDER BY entity_count = 0, name"
    )
    return [DatasetRow(*row) for row in rows]


def read_dataset_documents(reader: Reader) -> dict[str, bytes]:
    """Name of each dataset → its JSON document."""
    return {row["dataset"]: row["document"] for row in reader.search.rows("SELECT dataset, document FROM dataset")}


def find_dataset_document(reader: Reader, dataset: str) -> bytes | None:
    """The JSON document of a dataset; None when there is none."""
    row = reader.search.row("SELECT document FROM dataset WHERE dataset = ?", (dataset,))
    return None if row is None else row[0]


def find_dataset_row(reader: Reader, dataset: str) -> DatasetRow | None:
    """What a release holds of a dataset."""
    row = reader.search.row(
        "SELECT dataset, name, typology, entity_count, located_count, latest_entry_date FROM dataset WHERE dataset = ?",
        (dataset,),
    )
    return None if row is None else DatasetRow(*row)


def count_issues(reader: Reader, dataset: str) -> list[Tally]:
    """The issues of a dataset by type and field, most first."""
    return _tally(
        reader,
        dataset,
        "SELECT issue_type, field, count(*), count(DISTINCT resource) FROM issue "
        "GROUP BY issue_type, field ORDER BY 3 DESC, 1, 2",
    )


def count_refused(reader: Reader, dataset: str) -> list[Tally]:
    """The rows that did not become facts, by reason and phase, most first."""
    return _tally(
        reader,
        dataset,
        "SELECT reason, phase, count(*), count(DISTINCT resource) FROM refused "
        "GROUP BY reason, phase ORDER BY 3 DESC, 1, 2",
    )


def list_resources(reader: Reader, dataset: str, most: int) -> list[ResourceRow]:
    """The resources of a dataset, the newest first."""
    rows = reader.dataset(dataset).rows(
        "SELECT d.resource, d.start_date, d.end_date, d.mime_type, d.entry_count, d.entity_count, "
        "(SELECT count(*) FROM issue i WHERE i.resource = d.resource) "
        "FROM dataset_resource d ORDER BY coalesce(d.start_date, d.entry_date) DESC, d.resource LIMIT ?",
        (most,),
    )
    return [ResourceRow(*row) for row in rows]


def _tally(reader: Reader, dataset: str, sql: str) -> list[Tally]:
    def work_out() -> list[Tally]:
        return [Tally(*row) for row in reader.dataset(dataset).rows(sql)]

    return reader.memory.recall((dataset, sql), work_out)
