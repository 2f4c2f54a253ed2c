"""`headrace resource`: one file, without a lake."""

import time
from pathlib import Path
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import ANSWER_IS_NO, plain_errors
from headrace.cli.show import show_json, show_rows, wants_json
from headrace.cli.single_file import rules_of_file
from headrace.model.cells import Unconverted
from headrace.model.result import ResultSummary
from headrace.publish.resource_tables import write_resource_tables
from headrace.run.code import RESULT_CODE, hash_code
from headrace.run.resource import read_parts

app = typer.Typer(help="One file, without a lake.", no_args_is_help=True)


@app.callback()
def resource() -> None:
    """One file, without a lake."""


@app.command()
def transform(
    file: option.File,
    dataset: option.ReadAs,
    config: option.Pipeline,
    specification: option.Specification,
    organisations: option.Organisations,
    out: Annotated[Path, typer.Option(help="Folder for the tables.")],
    organisation: option.Whose = None,
    endpoint: option.ServedBy = None,
    entry_date: option.EntryDate = "",
    resource: Annotated[str, typer.Option(help="Hash of the resource; that of the file if not given.")] = "",
    as_json: option.AsJson = None,
) -> None:
    """Write what one file becomes, as six tables: facts, issues, refused records, columns, conversion, counts."""
    with plain_errors():
        rules = rules_of_file(
            file, dataset, config, specification, organisations, organisation, endpoint, entry_date, resource
        )
        parts = read_parts(file, rules, time.perf_counter)
        summary = write_resource_tables(parts, hash_code(RESULT_CODE), rules.key, out)
    _show(summary, as_json=as_json)


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
