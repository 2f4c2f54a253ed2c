"""`headrace report`: texts for people."""

from dataclasses import asdict
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_line, wants_json
from headrace.report.provider_text import write_provider_report
from headrace.run.provider_report import read_provider_report
from headrace.store.lake import Lake

app = typer.Typer(help="Texts for people.", no_args_is_help=True)


@app.callback()
def report() -> None:
    """Texts for people."""


@app.command()
def provider(
    organisation: Annotated[str, typer.Argument(help="Whose data: a CURIE such as local-authority:ABC.")],
    dataset: Annotated[str, typer.Option(help="Which of it.")],
    lake: option.Lake,
    as_json: Annotated[bool | None, typer.Option("--json/--markdown", help="How to print.")] = None,
) -> None:
    """Report to a publisher what is held and what is wrong, with the row numbers of its own file."""
    with plain_errors():
        made = read_provider_report(Lake(lake), organisation, dataset)
    if wants_json(as_json):
        show_json(asdict(made))
    else:
        show_line(write_provider_report(made))
