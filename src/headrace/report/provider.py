"""What we hold of one organisation in one dataset, and what is wrong with it: the report for its publisher."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from headrace.spec.issue_guidance import IssueGuidance

SEVERITIES: Final = ("error", "warning", "notice", "info")

NAMING: Final = ("reference", "name", "site-address", "address-text")
"""Fields by which a publisher knows a row again, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of the organisation that is published now.

    Attributes:
        resource: SHA-256 of its bytes, in hexadecimal.
        urls: where it is served.
        start_date: ISO night on which it was first seen.
        mime_type: its format, by content.
        records: rows of the file, its header included.
        entries: rows that are about an entity; entities: how many different ones.
        columns: each column with the field it was read as; None where it was not read.
    """

    resource: str
    urls: tuple[str, ...]
    start_date: str | None
    mime_type: str | None
    records: int
    entries: int
    entities: int
    columns: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a file in which something is wrong.

    Attributes:
        resource, line: the file and the number of the record in it; the header of a CSV file is 1.
        row: what the row calls itself: its reference, name or address, by field.
        field, value, message: what is wrong.
        first_seen: ISO night on which the same was found first.
    """

    resource: str
    line: int | None
    row: Mapping[str, str]
    field: str | None
    value: str | None
    message: str | None
    first_seen: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """All places with one type of issue, and how to put them right."""

    issue_type: str
    title: str
    why: str | None
    how: str | None
    severity: str | None
    responsibility: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A row that is not published: where it is, in which phase it was refused and why, and what shows it."""

    resource: str
    line: int | None
    phase: str
    reason: str
    value: str | None


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """The report.

    Attributes:
        organisation, name: CURIE, and what people call it.
        dataset: its name.
        release: id of the release that it is about; night: ISO day on which that was made.
        entities: how many things the files speak of.
        files: those published now, the newest first.
        problems: the gravest first, the publisher's own tasks before ours, the most frequent first.
        refused: by file and row.
    """

    organisation: str
    name: str
    dataset: str
    release: str
    night: str
    entities: int
    files: tuple[PublishedFile, ...]
    problems: tuple[Problem, ...]
    refused: tuple[RefusedRecord, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the report is made of: all that concerns the files of the organisation, and nothing else.

    Attributes:
        files: `PUBLISHER_SCHEMA`.
        tables: `dataset_resource`, `column_field`, `fact`, `fact_resource` and `refused` of the dataset.
        issues: `LIST_SCHEMA`.
    """

    files: pl.DataFrame
    tables: Mapping[str, pl.DataFrame]
    issues: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Subject:
    """What the report is about; the attributes are those of `ProviderReport`."""

    organisation: str
    name: str
    dataset: str
    release: str
    night: str


def find_files(publishers: pl.DataFrame, organisation: str) -> pl.DataFrame:
    """The rows of `PUBLISHER_SCHEMA` that are of an organisation and still published, alone or with others."""
    is_own = pl.col("organisation").str.split(";").list.contains(organisation)
    return publishers.filter(pl.col("end_date").is_null() & is_own)


def report_provider(subject: Subject, holdings: Holdings, guidance: Mapping[str, IssueGuidance]) -> ProviderReport:
    """The report on an organisation; one that publishes nothing in the dataset has no files and no problems."""
    tables = holdings.tables
    facts = tables["fact"].join(tables["fact_resource"], on="fact", how="inner")
    refused = tables["refused"].select("resource", "line_number", "phase", "reason", "value")
    return ProviderReport(
        organisation=subject.organisation,
        name=subject.name,
        dataset=subject.dataset,
        release=subject.release,
        night=subject.night,
        entities=facts["entity"].n_unique(),
        files=_files(holdings.files, tables["dataset_resource"], tables["column_field"]),
        problems=_problems(holdings.issues, _rows(facts), guidance),
        refused=tuple(RefusedRecord(*row) for row in refused.iter_rows()),
    )


def _files(own: pl.DataFrame, read: pl.DataFrame, columns: pl.DataFrame) -> tuple[PublishedFile, ...]:
    counts = read.select("resource", "mime_type", "line_count", "entry_count", "entity_count")
    whole = own.join(counts, on="resource", how="left").sort("start_date", "resource", descending=[True, False])
    return tuple(
        PublishedFile(
            resource=row["resource"],
            urls=tuple(row["url"].split()),
            start_date=row["start_date"],
            mime_type=row["mime_type"],
            records=row["line_count"] or 0,
            entries=row["entry_count"] or 0,
            entities=row["entity_count"] or 0,
            columns=tuple(columns.filter(pl.col("resource") == row["resource"]).select("column", "field").rows()),
        )
        for row in whole.iter_rows(named=True)
    )


def _rows(facts: pl.DataFrame) -> dict[tuple[str, int], dict[str, str]]:
    """What each entry calls itself, by resource and entry."""
    order = pl.Enum(NAMING)
    naming = facts.filter(pl.col("field").is_in(NAMING)).sort(pl.col("field").cast(order))
    rows: dict[tuple[str, int], dict[str, str]] = {}
    for resource, entry, field, value in naming.select("resource", "entry_number", "field", "value").iter_rows():
        row = rows.setdefault((resource, entry), {})
        if value not in row.values():
            row[field] = value
    return rows


def _problems(
    issues: pl.DataFrame, rows: Mapping[tuple[str, int], dict[str, str]], guidance: Mapping[str, IssueGuidance]
) -> tuple[Problem, ...]:
    problems = []
    ordered = issues.sort("resource", "line_number", nulls_last=True, maintain_order=True)
    for (code,), frame in ordered.group_by("issue_type", maintain_order=True):
        guide = guidance.get(str(code))
        first = frame.row(0, named=True)
        places = tuple(_place(row, rows) for row in frame.iter_rows(named=True))
        problems.append(
            Problem(
                issue_type=str(code),
                title=guide.title if guide else str(code),
                why=guide.why if guide else None,
                how=guide.how if guide else None,
                severity=first["severity"],
                responsibility=first["responsibility"],
                places=places,
            )
        )
    return tuple(sorted(problems, key=_urgency))


def _place(row: Mapping[str, object], rows: Mapping[tuple[str, int], dict[str, str]]) -> Place:
    def text(name: str) -> str | None:
        value = row[name]
        return None if value is None else str(value)

    line, entry, resource = row["line_number"], row["entry_number"], str(row["resource"])
    known = rows.get((resource, entry), {}) if isinstance(entry, int) else {}
    reference = text("reference")
    return Place(
        resource=resource,
        line=line if isinstance(line, int) else None,
        row=known or ({"reference": reference} if reference else {}),
        field=text("field"),
        value=text("value"),
        message=text("message"),
        first_seen=text("first_seen"),
    )


def _urgency(problem: Problem) -> tuple[int, bool, int, str]:
    grave = SEVERITIES.index(problem.severity) if problem.severity in SEVERITIES else len(SEVERITIES)
    return grave, problem.responsibility != "external", -len(problem.places), problem.issue_type
