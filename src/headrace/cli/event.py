"""`headrace event`: the event record, from and for others."""

from pathlib import Path
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import ANSWER_IS_NO, plain_errors
from headrace.cli.show import show_json, show_line, show_rows, wants_json
from headrace.run.event_export import export_events
from headrace.run.event_import import import_events
from headrace.run.stage_count_check import check_stage_counts
from headrace.store.lake import Lake

app = typer.Typer(help="The event record, from and for others.", no_args_is_help=True)


@app.callback()
def event() -> None:
    """The event record, from and for others."""


@app.command("import")
def import_file(
    path: Annotated[Path, typer.Argument(help="Tickets, stage history, daily counts, or endpoint changes.")],
    lake: option.Lake,
    stream: Annotated[str | None, typer.Option(help="The stream that tickets are of; any if not given.")] = None,
    config: Annotated[Path | None, typer.Option(help="Folder with collection/, for whose each endpoint is.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """Add events that were recorded elsewhere; what is there already changes nothing."""
    with plain_errors():
        imported = import_events(path, Lake(lake), stream, config)
    if wants_json(as_json):
        show_json(imported)
    else:
        show_line(
            f"{imported.rows} rows of {imported.what} read: {imported.events} different, {imported.new} of them new."
        )
        for said in imported.told:
            show_line(f"not as it should be: {said}")
    if imported.told:
        raise typer.Exit(ANSWER_IS_NO)


@app.command()
def check(lake: option.Lake, as_json: option.AsJson = None) -> None:
    """Compare the record with what others counted at their stages, day by day."""
    with plain_errors():
        compared = check_stage_counts(Lake(lake))
    apart = compared.filter(compared["days_apart"] > 0)
    if wants_json(as_json):
        show_json(compared.to_dicts())
    else:
        show_rows("What others counted, and the record", compared.columns, compared.iter_rows())
    if apart.height:
        raise typer.Exit(ANSWER_IS_NO)


@app.command()
def export(
    lake: option.Lake,
    ocel: Annotated[Path | None, typer.Option(help="File for OCEL 2.0 (objects, events): .json, .sqlite.")] = None,
    xes: Annotated[Path | None, typer.Option(help="File for XES, a trace for every item.")] = None,
    stream: Annotated[str | None, typer.Option(help="Only this stream; all of them if not given.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """Write the event record for tools of process mining."""
    files = {name: path for name, path in (("ocel", ocel), ("xes", xes)) if path is not None}
    with plain_errors():
        events = export_events(Lake(lake), files, stream)
    if wants_json(as_json):
        show_json({"events": events, "files": files})
    else:
        show_line(f"{events} events written to {', '.join(map(str, files.values()))}.")
