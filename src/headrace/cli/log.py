"""`headrace log`: the collection log, from and for others."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import ANSWER_IS_NO, plain_errors
from headrace.cli.show import show_json, show_line, wants_json
from headrace.run.log_export import export_log
from headrace.run.log_import import import_log
from headrace.store.lake import Lake

app = typer.Typer(help="The collection log, from and for others.", no_args_is_help=True)


@app.command("import")
def import_attempts(
    path: Annotated[Path, typer.Argument(help="A folder of DATE/*.json, or Parquet of attempts.")],
    lake: option.Lake,
    config: Annotated[Path | None, typer.Option(help="Folder with collection/, for whose each endpoint is.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """Add attempts that were recorded elsewhere, and their events; what is there already changes nothing."""
    with plain_errors():
        imported = import_log(path, Lake(lake), config)
    if wants_json(as_json):
        show_json(imported)
    else:
        show_line(f"{imported.rows} rows read: {imported.attempts} attempts, {imported.new} of them new.")
        show_line(f"{imported.events} events added to the event record.")
        for said in imported.unread:
            show_line(f"not read: {said}")
    if imported.unread:
        raise typer.Exit(ANSWER_IS_NO)


@app.command("export")
def export_attempts(
    lake: option.Lake,
    out: Annotated[Path, typer.Option(help="Folder for log.csv and resource.csv.")],
    config: Annotated[Path | None, typer.Option(help="Folder with collection/, for whose each resource is.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """Write log.csv and resource.csv as the existing platform keeps them."""
    with plain_errors():
        attempts, resources = export_log(Lake(lake), config, datetime.now(UTC).date(), out)
    if wants_json(as_json):
        show_json({"attempts": attempts, "resources": resources, "folder": out})
    else:
        show_line(f"{attempts} attempts and {resources} resources written to {out}.")
