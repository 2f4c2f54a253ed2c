"""`headrace dependency`: what blocks what, and the waiting it causes."""

import getpass
from datetime import timedelta
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.show import show_json, show_line, show_rows, wants_json
from headrace.flow.dependency import blocks, caused, rank
from headrace.report.measure_text import format_duration
from headrace.run.dependency import add_dependency, clear_dependency
from headrace.run.tools import utc_now
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake

app = typer.Typer(help="What blocks what, and the waiting it causes.", no_args_is_help=True)

SHOWN = ("blocker", "waiting", "passed on", "items now", "items", "stages")

ItemType = Annotated[str, typer.Argument(help="Type of the blocked item, such as `consideration`.")]
Item = Annotated[str, typer.Argument(help="The blocked item: its key, as /stream shows it.")]
Stage = Annotated[str | None, typer.Option(help="Where it is blocked, if it is at several stages.")]
Why = Annotated[str | None, typer.Option(help="Why, in a sentence.")]


@app.callback()
def dependency() -> None:
    """What blocks what, and the waiting it causes."""


@app.command("list")
def list_command(
    lake: option.Lake,
    days: Annotated[int, typer.Option(min=1, max=36500, help="Count the waiting of so many days until now.")] = 28,
    as_json: option.AsJson = None,
) -> None:
    """List the blockers, the one that causes most waiting first."""
    now = utc_now()
    with plain_errors():
        spans = caused(blocks(EventRecord(Lake(lake)).read()), now)
    ranked = rank(spans, now - timedelta(days=days), now).to_dicts()
    if wants_json(as_json):
        show_json(ranked)
        return
    rows = (
        (
            *(f"{row['by_type']} {row['by_item']}", format_duration(row["waited_s"])),
            *(format_duration(row["passed_on_s"]), row["items_now"], row["items"], ", ".join(row["stages"])),
        )
        for row in ranked
    )
    show_rows(f"{len(ranked):,} blockers in {days:,} days", SHOWN, rows)


@app.command()
def add(
    item_type: ItemType,
    item: Item,
    lake: option.Lake,
    by: Annotated[str, typer.Option(help="Who or what blocks it: a person or team, or the key of an item.")],
    by_type: Annotated[str, typer.Option(help="`person`, or the type of the item.")] = "person",
    reason: Why = None,
    stage: Stage = None,
) -> None:
    """Record that an item waits for somebody or for another item."""
    with plain_errors():
        at = add_dependency(
            *(Lake(lake), (item_type, item), (by_type, by)),
            reason=reason, stage=stage, actor=getpass.getuser(), now=utc_now(),
        )  # fmt: skip
    show_line(f"{item_type} {item} is blocked at {at} by {by_type} {by}.")


@app.command()
def clear(item_type: ItemType, item: Item, lake: option.Lake, reason: Why = None, stage: Stage = None) -> None:
    """Record that an item is blocked no longer."""
    with plain_errors():
        at = clear_dependency(
            *(Lake(lake), (item_type, item)), reason=reason, stage=stage, actor=getpass.getuser(), now=utc_now()
        )
    show_line(f"{item_type} {item} is blocked no longer at {at}.")
