"""How the values of a report are worded in a table, and where each leads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

import polars as pl

from headrace.report.quality.standing_report import StandingReport
from headrace.web.wording import format_count, format_day, is_web_address, name_field

Row = Mapping[str, Any]
"""One row of a report by column: text, numbers, truth and days."""

HEADINGS: Final = {"name": "Organisation", "organisation_name": "Organisation", "next_action": "What to do"}
"""Columns whose heading is not their own name."""

LONGEST: Final = 80
"""Characters of a text that are shown."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the table: its text, what it says, and whether it holds numbers."""

    text: str
    meaning: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its text, all of it where that is shortened, where it leads, and whether it is a number."""

    text: str
    whole: str | None
    address: str | None
    is_number: bool


def make_headings(report: StandingReport, rows: pl.DataFrame) -> list[Heading]:
    """The headings of the columns that are shown."""
    return [
        Heading(HEADINGS.get(name, name_field(name)), report.columns[name], rows.schema[name].is_numeric())
        for name in report.shown
    ]


def make_cells(report: StandingReport, row: Row) -> list[Cell]:
    """The cells of a row."""
    return [_make_cell(name, row) for name in report.shown]


def _make_cell(name: str, row: Row) -> Cell:
    value = row[name]
    text = _word(name, value)
    shortened = len(text) > LONGEST
    leads = _LEADS.get(name)
    return Cell(
        text=f"{text[:LONGEST]}…" if shortened else text,
        whole=text if shortened else None,
        address=leads(row) if leads and value is not None else None,
        is_number=isinstance(value, int | float) and not isinstance(value, bool),
    )


def _word(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0%}" if name.endswith(("share", "ratio")) else f"{value:,.1f}"
    if isinstance(value, int):
        return str(value) if name.startswith("entity") and not name.endswith("days") else format_count(value)
    if isinstance(value, date):
        return format_day(value.isoformat())
    return format_day(str(value)) if name.endswith(("_on", "first_seen", "entry", "date")) else str(value)


def _organisation(row: Row) -> str | None:
    if row.get("organisation") is None or ";" in row["organisation"]:
        return None
    dataset = row.get("dataset") or ""
    part = f"?dataset={quote(dataset)}" if dataset and ";" not in dataset else ""
    return f"/organisation/{quote(row['organisation'], safe=':')}/report{part}"


def _entity(name: str) -> Callable[[Row], str | None]:
    return lambda row: f"/entity/{row[name]}"


def _endpoint(row: Row) -> str | None:
    return f"/endpoint/{row['endpoint']}" if row.get("endpoint") else None


def _dataset(row: Row) -> str | None:
    return None if ";" in row["dataset"] else f"/dataset/{quote(row['dataset'])}"


def _issue_type(row: Row) -> str | None:
    return f"/guidance/issue/{quote(row['issue_type'])}"


def _page(row: Row) -> str | None:
    return row["documentation_url"] if is_web_address(row["documentation_url"]) else None


_LEADS: Final[Mapping[str, Callable[[Row], str | None]]] = {
    "dataset": _dataset,
    "name": _organisation,
    "organisation_name": _organisation,
    "endpoint_url": _endpoint,
    "issue_type": _issue_type,
    "documentation_url": _page,
    "entity": _entity("entity"),
    "entity_a": _entity("entity_a"),
    "entity_b": _entity("entity_b"),
}
"""Column → where a value of it leads."""
