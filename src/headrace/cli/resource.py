"""`headrace resource`: one file, without a lake."""

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from headrace.cli.exit import ANSWER_IS_NO, plain_errors
from headrace.cli.show import show_json, show_rows, wants_json
from headrace.model.cells import Unconverted
from headrace.model.error import SettingsError
from headrace.model.result import ResultSummary
from headrace.publish.resource_tables import write_resource_tables
from headrace.run.code import RESULT_CODE, hash_code
from headrace.run.resource import read_parts
from headrace.run.single import SingleResource, resolve_single

app = typer.Typer(help="One file, without a lake.", no_args_is_help=True)


@app.callback()
def resource() -> None:
    """One file, without a lake."""


@app.command()
def transform(
    file: Annotated[Path, typer.Argument(help="The file, in any format.")],
    dataset: Annotated[str, typer.Option(help="What it is read as.")],
    config: Annotated[Path, typer.Option(help="The pipeline folder: column.csv, lookup.csv, …")],
    specification: Annotated[Path, typer.Option(help="The folder of the specification.")],
    organisations: Annotated[Path, typer.Option(help="organisation.csv")],
    out: Annotated[Path, typer.Option(help="Folder for the tables.")],
    organisation: Annotated[list[str] | None, typer.Option(help="Whose it is; may be repeated.")] = None,
    endpoint: Annotated[list[str] | None, typer.Option(help="Hash of its endpoint; may be repeated.")] = None,
    entry_date: Annotated[str, typer.Option(help="ISO date for entries that have none; today if not given.")] = "",
    resource: Annotated[str, typer.Option(help="Hash of the resource; that of the file if not given.")] = "",
    as_json: Annotated[bool | None, typer.Option("--json/--table", help="How to print the summary.")] = None,
) -> None:
    """Write what one file becomes: transformed.csv, issue.csv, column-field.csv, dataset-resource.csv, converted-resource.csv, refused.csv."""  # noqa: E501 - the first line is the help
    with plain_errors():
        today = datetime.now(UTC).date()
        single = SingleResource(
            file=file,
            dataset=dataset,
            config=config,
            specification=specification,
            organisations=organisations,
            organisation=tuple(_split(organisation)),
            endpoint=tuple(_split(endpoint)),
            entry_date=_iso(entry_date) or today.isoformat(),
            resource=resource,
        )
        rules = resolve_single(single, today)
        parts = read_parts(file, rules, time.perf_counter)
        summary = write_resource_tables(parts, hash_code(RESULT_CODE), rules.key, out)
    _show(summary, as_json=as_json)


def _split(values: list[str] | None) -> list[str]:
    """Values that were given one by one, or several in one as the existing platform's command takes them."""
    return [part for value in values or () for part in value.replace(";", " ").split()]


def _iso(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat() if text else ""
    except ValueError as error:
        raise SettingsError(f"--entry-date: got {text!r}, expected a day as YYYY-MM-DD") from error


def _show(summary: ResultSummary, *, as_json: bool | None) -> None:
    conversion = summary.conversion
    unread = isinstance(conversion, Unconverted)
    counts = {
        "resource": summary.resource,
        "records": summary.lines,
        "entries": summary.entries,
        "entities": summary.entities,
        "facts": summary.facts,
        "issues": summary.issues,
        "refused": summary.refused,
        "mime_type": conversion.mime_type,
    }
    if isinstance(conversion, Unconverted):
        counts["unconverted"] = conversion.reason
    if wants_json(as_json):
        show_json(counts)
    else:
        show_rows("What the file became", ("", ""), list(counts.items()))
    if unread:
        raise typer.Exit(ANSWER_IS_NO)
