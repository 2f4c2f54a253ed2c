"""How one row of a publisher's file came to say a fact."""

from dataclasses import dataclass
from typing import Final

from headrace.store.guidance import read_issue_guidance
from headrace.store.lake import Lake
from headrace.web.publisher import Publisher, read_publishers
from headrace.web.query.fact import SourcedFact, Statement
from headrace.web.query.fact_way import Finding, find_older_fields, read_claims, read_findings
from headrace.web.raw_record import NotShown, RawRecord, read_raw_record
from headrace.web.shelf import Reader

COORDINATES: Final = ("GeoX", "GeoY")
TOGETHER: Final = "GeoX,GeoY"
"""The field under which problems of a pair of coordinates are told."""

WITHOUT_COLUMN: Final = {
    "organisation": "No column gives it: it is the organisation whose address served the file, or that the entity "
    "belongs to.",
    "entry-date": "No column gives it: it is the day on which the file was first seen, unless configuration gives "
    "another.",
    "prefix": "No column gives it: it is the prefix of the dataset.",
}
"""Where a value comes from that a file need not give, by field."""


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column of a file that was read as the field of the fact.

    Attributes:
        column, field: its name, and the field that it was read as.
        in_file: whether the row is shown and has the column; one that is made of others need not be there.
        cell: what stands in it in the row; None where blank or not shown.
        joined: how configuration makes it of other columns; None where it does not.
    """

    column: str
    field: str
    in_file: bool
    cell: str | None
    joined: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What was found or changed on the way, with the title of its guidance."""

    title: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Way:
    """How one entry came to say the fact.

    Attributes:
        statement: the entry.
        publisher: whose file it is, where that is known.
        line: the number of its record in the file, where that is known.
        unread: why the record is not shown; None where it is.
        columns: what was read as the field, or as a field whose place it has taken.
        without: where the value comes from when there is no such column.
        changes: what was found or changed.
    """

    statement: Statement
    publisher: Publisher | None
    line: int | None
    unread: str | None
    columns: tuple[ReadColumn, ...]
    without: str | None
    changes: tuple[Change, ...]


def follow_statement(reader: Reader, lake: Lake, dataset: str, fact: SourcedFact, statement: Statement) -> Way:
    """The way of a fact of a dataset from one of the entries that say it."""
    entry = statement.entry_number or 0
    fields = _fields(reader, dataset, fact.field)
    findings = read_findings(reader, dataset, statement.resource, entry, fields)
    fields += [each.value for each in findings if each.issue_type == "default-field" and each.value]
    every = read_claims(reader, dataset, statement.resource)
    claims = [claim for field in dict.fromkeys(fields) for claim in every if claim.field == field]
    names = sorted({claim.column for claim in claims})
    record = reader.memory.recall(
        ("raw record", dataset, statement.resource, fact.fact, entry),
        lambda: read_raw_record(lake, dataset, statement.resource, fact.fact, entry, names),
    )
    cells = record.cells if isinstance(record, RawRecord) else {}
    joined = {each.column: each.field for each in every if each.field and each.field not in fields}
    columns = tuple(
        ReadColumn(each.column, each.field or "", each.column in cells, cells.get(each.column), joined.get(each.column))
        for each in claims
    )
    guidance = read_issue_guidance()
    return Way(
        statement=statement,
        publisher=read_publishers(reader, lake, dataset).get(statement.resource),
        line=record.line if isinstance(record, RawRecord) else None,
        unread=record.reason if isinstance(record, NotShown) else None,
        columns=columns,
        without=None if columns else WITHOUT_COLUMN.get(fact.field, "No column was read as this field."),
        changes=tuple(
            Change(guidance[each.issue_type].title if each.issue_type in guidance else each.issue_type, each)
            for each in findings
        ),
    )


def _fields(reader: Reader, dataset: str, field: str) -> list[str]:
    """The field, those whose place it has taken, and those that it may be made of."""
    fields = [field, *find_older_fields(reader, dataset, field)]
    if field == "reference":
        fields.append(dataset)
    if field == "point":
        fields += COORDINATES
    if set(fields) & set(COORDINATES):
        fields.append(TOGETHER)
    return fields
