"""`headrace trace`: one row of a file after each phase."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_line, wants_json
from headrace.report.trace import TracedPhase
from headrace.run.single import SingleResource, resolve_single
from headrace.run.trace import trace_entry_of_file

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(help="The file, in any format.")],
    entry: Annotated[int, typer.Option(help="Number of the entry; the first is 1.")],
    dataset: Annotated[str, typer.Option(help="What the file is read as.")],
    config: Annotated[Path, typer.Option(help="The pipeline folder: column.csv, lookup.csv, …")],
    specification: Annotated[Path, typer.Option(help="The folder of the specification.")],
    organisations: Annotated[Path, typer.Option(help="organisation.csv")],
    organisation: Annotated[list[str] | None, typer.Option(help="Whose it is; may be repeated.")] = None,
    endpoint: Annotated[list[str] | None, typer.Option(help="Hash of its endpoint; may be repeated.")] = None,
    entry_date: Annotated[str, typer.Option(help="ISO date for entries that have none; today if not given.")] = "",
    as_json: Annotated[bool | None, typer.Option("--json/--table", help="How to print.")] = None,
) -> None:
    """Show one row of a file as each phase leaves it, with the issues that the phase found in it."""
    with plain_errors():
        today = datetime.now(UTC).date()
        single = SingleResource(
            file=file,
            dataset=dataset,
            config=config,
            specification=specification,
            organisations=organisations,
            organisation=tuple(organisation or ()),
            endpoint=tuple(endpoint or ()),
            entry_date=entry_date or today.isoformat(),
        )
        traced = trace_entry_of_file(file, resolve_single(single, today), entry)
    if wants_json(as_json):
        show_json(traced)
    else:
        for phase in traced:
            _show(phase)


def _show(phase: TracedPhase) -> None:
    show_line(f"\n{phase.phase}")
    names = dict.fromkeys([*phase.changed, *phase.because])
    if not names and not phase.issues and not phase.refused:
        show_line("  nothing changed")
    for name in names:
        value = phase.values.get(name)
        because = f"  ({phase.because[name]})" if name in phase.because else ""
        show_line(f"  {name:<28} {'—' if value is None else _shorten(value)}{because}")
    for issue in phase.issues:
        said = " · ".join(part for part in (issue["field"], issue["value"], issue["message"]) if part)
        show_line(f"  issue: {issue['type']}: {_shorten(said)}")
    if phase.refused:
        show_line(f"  refused: {phase.refused}")


def _shorten(text: str, width: int = 96) -> str:
    text = " ".join(text.splitlines())
    return text if len(text) <= width else f"{text[: width - 1]}…"
