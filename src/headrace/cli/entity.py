"""`headrace entity`: numbers of things."""

import getpass
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_line, show_rows, wants_json
from headrace.run.assignment import propose_assignments, write_assignments
from headrace.store.lake import Lake

app = typer.Typer(help="Numbers of things.", no_args_is_help=True)


@app.callback()
def entity() -> None:
    """Numbers of things."""


@app.command()
def assign(
    dataset: Annotated[str, typer.Option(help="Whose references are to be numbered.")],
    lake: option.Lake,
    config: option.Config,
    specification: option.Specification,
    write: Annotated[bool, typer.Option(help="Write the numbers to lookup.csv; otherwise only show them.")] = False,
    trusting: Annotated[bool, typer.Option(help="Also where many references of a resource are new.")] = False,
    as_json: option.AsJson = None,
) -> None:
    """Number references that no entity has yet, within guard rails; those held wait for a person, with the reason."""
    with plain_errors():
        proposed = propose_assignments(Lake(lake), config, specification, dataset, trusting=trusting)
        path = None
        if write:
            path = write_assignments(Lake(lake), config, specification, dataset, proposed, getpass.getuser())
    if wants_json(as_json):
        show_json({"assigned": proposed.assigned.to_dicts(), "held": proposed.held.to_dicts(), "written": path})
        return
    show_rows("Assigned", proposed.assigned.columns, proposed.assigned.iter_rows())
    show_rows("Held for a person", proposed.held.columns, proposed.held.iter_rows())
    show_line(f"Written to {path}." if path else "Nothing is written; add --write to write it to lookup.csv.")
