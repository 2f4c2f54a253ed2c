"""`headrace trace`: one row of a file after each phase."""

from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_line, wants_json
from headrace.cli.single_file import rules_of_file
from headrace.report.trace import TracedPhase
from headrace.run.trace import trace_entry_of_file

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def trace(
    file: option.File,
    entry: Annotated[int, typer.Option(help="Number of the entry; the first is 1.")],
    dataset: option.ReadAs,
    config: option.Pipeline,
    specification: option.Specification,
    organisations: option.Organisations,
    organisation: option.Whose = None,
    endpoint: option.ServedBy = None,
    entry_date: option.EntryDate = "",
    as_json: option.AsJson = None,
) -> None:
    """Show one row of a file as each phase leaves it, with the rule that applied and the issues that were found."""
    with plain_errors():
        rules = rules_of_file(file, dataset, config, specification, organisations, organisation, endpoint, entry_date)
        traced = trace_entry_of_file(file, rules, entry)
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
