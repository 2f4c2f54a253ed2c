"""Guidance on issues: what each type means to a publisher, and how to put it right."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from headrace.model.error import ConfigurationError
from headrace.spec.table import Row, Table

COLUMNS = ("issue-type", "title", "why", "how", "dataset", "wrong", "right", "raised")

Rows = tuple[tuple[str, ...], ...]
"""A few rows of a publisher's file, its header first; every row has as many cells as the header."""


class Raised(StrEnum):
    """Whether Headrace says that a file has an issue of this type.

    `rarely`: there is code that says so, but no file is known that has it. `no`: the type is kept for issues of other
    systems and former years.
    """

    YES = "yes"
    RARELY = "rarely"
    NO = "no"


@dataclass(frozen=True, slots=True)
class IssueGuidance:
    """What to know of one issue type.

    Attributes:
        code: the type, as the specification names it.
        title: the problem in a line.
        why: why it matters, in sentences.
        how: how to fix it, in sentences.
        dataset: what the examples are read as.
        wrong, right: rows with the problem, and the same rows without it.
        raised: whether it is found by Headrace.
    """

    code: str
    title: str
    why: str
    how: str
    dataset: str
    wrong: Rows
    right: Rows
    raised: Raised


def build_issue_guidance(table: Table) -> Mapping[str, IssueGuidance]:
    """The guidance in a table, by code, in the order of the table.

    Raises:
        ConfigurationError: a column is missing, a cell is blank, or an example is not a table.
    """
    guidance = [_guide(table, row) for row in table.require(*COLUMNS).rows()]
    return {each.code: each for each in guidance}


def _guide(table: Table, row: Row) -> IssueGuidance:
    blank = [column for column in COLUMNS if not row[column]]
    if blank:
        raise ConfigurationError(table.where(row), f"{', '.join(blank)} is blank", "a text in every column")
    if row["raised"] not in list(Raised):
        raise ConfigurationError(table.where(row), f"raised is {row['raised']!r}", f"one of {', '.join(Raised)}")
    return IssueGuidance(
        code=row["issue-type"],
        title=row["title"],
        why=row["why"],
        how=row["how"],
        dataset=row["dataset"],
        wrong=_read_example(table, row, "wrong"),
        right=_read_example(table, row, "right"),
        raised=Raised(row["raised"]),
    )


def _read_example(table: Table, row: Row, column: str) -> Rows:
    """The rows of an example: one a line, cells between bars."""
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in row[column].splitlines())
    if len(rows) < 2 or {len(cells) for cells in rows} != {len(rows[0])}:
        raise ConfigurationError(
            table.where(row), f"{column} is {row[column]!r}", "a header and rows of as many cells, with | between them"
        )
    return rows
