"""What the databases know of the way of a fact: columns, older fields, and what was found in its entry."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from headrace.store.processing_record import NAME as RECORD
from headrace.web.shelf import Reader

_IN_ORDER: Final = (
    "CASE issue_type WHEN 'patch' THEN 0 WHEN 'default-field' THEN 2 WHEN 'default-value' THEN 2 "
    "WHEN 'combined-value' THEN 3 ELSE 1 END"
)
"""Values are patched, then read, then filled, then combined."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A column of a file and the field that it was read as; None where it was not read."""

    column: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found or changed in one field of an entry: the issue type, and what it says."""

    issue_type: str
    field: str
    value: str | None
    message: str | None


def read_claims(reader: Reader, dataset: str, resource: str) -> list[Claim]:
    """The columns of a resource, by name.

    Raises:
        KeyError: the release has no such dataset.
    """
    rows = reader.dataset(dataset).rows(
        'SELECT "column", field FROM column_field WHERE resource = ? ORDER BY "column", field', (resource,)
    )
    return [Claim(row["column"], row["field"]) for row in rows]


def read_findings(reader: Reader, dataset: str, resource: str, entry: int, fields: Collection[str]) -> list[Finding]:
    """The issues of an entry in some fields, roughly in the order in which they came about.

    Raises:
        KeyError: the release has no such dataset.
    """
    marks = ", ".join("?" * len(fields))
    rows = reader.dataset(dataset).rows(
        "SELECT DISTINCT issue_type, field, value, message FROM issue WHERE resource = ? AND entry_number = ? "
        f"AND field IN ({marks}) ORDER BY {_IN_ORDER}, field, issue_type, value",
        (resource, entry, *sorted(fields)),
    )
    return [Finding(*row) for row in rows]


def find_older_fields(reader: Reader, dataset: str, field: str) -> list[str]:
    """The fields whose place a field of a dataset has taken; none where no record of processing is served."""
    if RECORD not in reader.databases:
        return []
    record = reader.database(RECORD)
    if record.row("SELECT 1 FROM sqlite_master WHERE name = 'transform'") is None:
        return []
    rows = record.rows(
        "SELECT DISTINCT field FROM transform WHERE dataset = ? AND replacement_field = ? ORDER BY field",
        (dataset, field),
    )
    return [row["field"] for row in rows]
