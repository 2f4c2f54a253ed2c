"""`headrace work`: what waits for a person."""

from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_rows, wants_json
from headrace.report.work_list import Kind, Ranked, WorkChoice
from headrace.run.tools import utc_now
from headrace.run.work_list import find_work, read_sources
from headrace.store.lake import Lake

app = typer.Typer(help="What waits for a person.", no_args_is_help=True)

COLUMNS = ("", "what", "dataset", "organisation", "days", "affected", "who", "what to do")
"""Columns of the table; JSON has the reason and the command too."""


@app.callback()
def work() -> None:
    """What waits for a person."""


@app.command("list")
def list_work(
    lake: option.Lake,
    role: Annotated[str | None, typer.Option(help="Only what this role does, such as 'data manager'.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only this kind of work.")] = None,
    dataset: Annotated[str | None, typer.Option(help="Only of this dataset.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Only of this organisation: its CURIE.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: option.AsJson = None,
) -> None:
    """List everything that waits for a person, ranked by how many it affects and for how long it has waited."""
    with plain_errors():
        ranked = find_work(read_sources(Lake(lake)), utc_now())
    chosen = WorkChoice(role, kind, dataset, organisation).choose(ranked)
    if wants_json(as_json):
        show_json([each.as_row() for each in chosen[:limit]])
        return
    show_rows(f"{len(chosen):,} wait", COLUMNS, map(_cells, chosen[:limit]))


def _cells(row: Ranked) -> tuple[object, ...]:
    work, days, affected = row.work, f"{row.age_days:,.0f}", f"{row.affected:,}"
    return (row.rank, work.what, work.dataset, work.organisation, days, affected, work.role, work.action)
