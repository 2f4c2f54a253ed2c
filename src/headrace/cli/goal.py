"""`headrace goal`: what the service is for, and whether it gets there."""

from pathlib import Path
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_rows, wants_json
from headrace.report.goal_text import record_standing, say_day, say_finding, say_summary, say_target, say_value
from headrace.run.goals import stand_now
from headrace.run.tools import utc_now
from headrace.settings import read_settings
from headrace.store.goals import read_goals
from headrace.store.lake import Lake

app = typer.Typer(help="What the service is for, and whether it gets there.", no_args_is_help=True)

SHOWN = ("key result", "now", "target", "by", "status", "why")


@app.callback()
def goal() -> None:
    """What the service is for, and whether it gets there."""


@app.command("list")
def list_command(
    lake: option.Lake,
    goals: Annotated[Path | None, typer.Option(help="File with the goals; else the built-in ones.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """List every key result with its value now, its target, and whether it is on course, by the event record."""
    with plain_errors():
        stated = read_goals(goals or read_settings().goals)
        stand = stand_now(Lake(lake), stated, utc_now())
    if wants_json(as_json):
        show_json([record_standing(each) for each in stand])
        return
    rows = (
        (
            *(each.key_result.title, say_value(each), say_target(each.key_result), say_day(each.key_result.by)),
            *(each.status, say_finding(each)),
        )
        for each in stand
    )
    show_rows(f"{stated.goal}: {say_summary(stand)}", SHOWN, rows)
