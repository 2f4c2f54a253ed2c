"""`headrace report`: texts for people."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_line, show_rows, wants_json
from headrace.model.week import Week
from headrace.publish.chart_file import write_chart
from headrace.report.endpoint_error_chart import draw_report
from headrace.report.provider_text import write_provider_report
from headrace.report.quality.registry import REPORTS
from headrace.run.endpoint_errors import STATE_LABELS, read_endpoint_errors
from headrace.run.performance import write_performance
from headrace.run.provider_report import read_provider_report
from headrace.run.quality_report import find_report, make_report
from headrace.run.tools import utc_now
from headrace.run.weeknote import read_weeknote
from headrace.settings import read_settings
from headrace.store.goals import read_goals
from headrace.store.lake import Lake

app = typer.Typer(help="Texts and tables for people.", no_args_is_help=True)

WIDEST = 60
"""Characters of a cell in a terminal."""


@app.callback()
def report() -> None:
    """Texts and tables for people."""


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


@app.command("list")
def list_reports(as_json: option.AsJson = None) -> None:
    """List the reports that can be shown, with the question that each answers."""
    if wants_json(as_json):
        show_json([{"name": each.name, "question": each.question, "decision": each.decision} for each in REPORTS])
    else:
        show_rows(f"{len(REPORTS)} reports", ("name", "question"), ((each.name, each.question) for each in REPORTS))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Which report; `headrace report list` names all of them.")],
    lake: option.Lake,
    dataset: Annotated[str | None, typer.Option(help="Only rows about this dataset.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Only rows about this organisation: its CURIE.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write all columns into this file instead.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """Show a report on the live release as it is today; the first row is the first to act on."""
    with plain_errors():
        report = find_report(name)
        rows = make_report(Lake(lake), name, utc_now().date(), dataset, organisation)
    if csv is not None:
        rows.write_csv(csv)
        show_line(f"{rows.height:,} rows written to {csv}.")
    elif wants_json(as_json):
        show_json(rows.to_dicts())
    else:
        short = rows.select(report.shown).with_columns(pl.col(pl.String).str.slice(0, WIDEST))
        show_rows(f"{report.title}: {rows.height:,} rows", report.shown, short.iter_rows())


@app.command()
def database(
    to: Annotated[Path, typer.Argument(help="The SQLite file to write.")],
    lake: option.Lake,
    as_json: option.AsJson = None,
) -> None:
    """Write every report, its history and the measures of the stream into a SQLite file, as they are now."""
    with plain_errors():
        counts = write_performance(Lake(lake), utc_now(), to)
    if wants_json(as_json):
        show_json(counts)
    else:
        show_rows(f"{len(counts)} tables in {to}", ("table", "rows"), sorted(counts.items()))


ERROR_COLUMNS = {
    "month": "month",
    "attempts": "attempts",
    "failed": "failed",
    "failed_share": "%",
    "endpoints": "asked",
    "endpoints_failing": "failing",
    "spells_started": "began",
    "spells_ended": "ended",
    "endpoints_added": "added",
    "nights_missed": "missed",
}
"""Columns of the table and their headings; JSON has all of them."""


@app.command()
def errors(
    lake: option.Lake,
    first: Annotated[str | None, typer.Option("--from", help="The first month, such as 2020-01.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last month.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Draw it too: a file that ends in .svg or .png.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """Count attempts and endpoints month by month, those that fail, those added, and the nights without a run."""
    with plain_errors():
        found = read_endpoint_errors(Lake(lake)).between(first, last)
        if chart is not None:
            write_chart(draw_report(found.totals, STATE_LABELS), chart)
    if wants_json(as_json):
        show_json({"months": found.totals.to_dicts(), "failures": found.lasting(), "nights_missed": found.missed})
        return
    table = found.totals.select(list(ERROR_COLUMNS)).with_columns((pl.col("failed_share") * 100).round(1))
    show_rows("Attempts, endpoints, spells of failure, nights", list(ERROR_COLUMNS.values()), table.iter_rows())


@app.command()
def weeknote(
    lake: option.Lake,
    week: Annotated[str | None, typer.Option(help="Such as 2023-W26; last week if not given.")] = None,
    site: Annotated[str, typer.Option(help="What comes before links, such as https://headrace.example.")] = "",
) -> None:
    """Write the note of a week as Markdown: what moved, what waits longest, the constraint, endpoints, releases."""
    with plain_errors():
        goals, chosen = read_goals(read_settings().goals), Week.parse(week) if week else None
        show_line(read_weeknote(Lake(lake), chosen, utc_now(), goals, site).rstrip())
