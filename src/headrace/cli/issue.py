"""`headrace issue`: problems in data."""

from enum import StrEnum
from typing import Annotated

import polars as pl
import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.severity import Severity
from headrace.cli.show import show_json, show_rows, wants_json
from headrace.report.issue_list import IssueChoice
from headrace.run.issue_list import list_issues
from headrace.store.lake import Lake

app = typer.Typer(help="Problems in data.", no_args_is_help=True)

SHOWN = ("dataset", "organisation", "issue_type", "severity", "field", "value", "reference", "line_number", "age_days")
"""Columns of the table; JSON has all of `LIST_SCHEMA`."""

WIDEST = 40


class Responsibility(StrEnum):
    """Whose task an issue is."""

    EXTERNAL = "external"
    INTERNAL = "internal"


@app.callback()
def issue() -> None:
    """Problems in data."""


@app.command("list")
def list_command(
    lake: option.Lake,
    dataset: Annotated[str | None, typer.Option(help="Only of this dataset.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Only of this organisation: its CURIE.")] = None,
    issue_type: Annotated[str | None, typer.Option("--type", help="Only of this issue type.")] = None,
    severity: Annotated[Severity | None, typer.Option(help="Only of this severity.")] = None,
    responsibility: Annotated[Responsibility | None, typer.Option(help="Only these: whose task they are.")] = None,
    field: Annotated[str | None, typer.Option(help="Only in this field.")] = None,
    min_age: Annotated[int, typer.Option(min=0, help="Only those known for at least so many days.")] = 0,
    as_json: option.AsJson = None,
) -> None:
    """List the issues of the live release, the longest known first, with the nights they were first and last seen."""
    choice = IssueChoice(organisation, issue_type, field, severity, responsibility, min_age)
    with plain_errors():
        chosen = choice.choose(list_issues(Lake(lake), dataset))
    if wants_json(as_json):
        show_json(chosen.to_dicts())
        return
    short = chosen.select(SHOWN).with_columns(pl.col(pl.String).str.slice(0, WIDEST))
    show_rows(f"{chosen.height:,} issues", SHOWN, short.iter_rows())
