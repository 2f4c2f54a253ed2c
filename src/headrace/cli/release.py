"""`headrace release`: what is published, as wholes."""

import getpass
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import ANSWER_IS_NO, plain_errors
from headrace.cli.show import show_json, show_line, show_rows, wants_json
from headrace.report.release_changes import count_changes
from headrace.run.release_changes import read_changes
from headrace.run.release_comparison import compare_folders, compare_releases
from headrace.run.release_control import list_releases, promote_release, prune_releases, roll_back
from headrace.store.lake import Lake
from headrace.store.releases import Releases
from headrace.watch.canary.text import write_markdown

app = typer.Typer(help="What is published, as wholes.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="The id of a release; `headrace release list` prints them.")]


@app.command("list")
def list_command(lake: option.Lake, as_json: option.AsJson = None) -> None:
    """List the releases that are kept: that which is live first."""
    with plain_errors():
        standings = list_releases(Lake(lake))
    if wants_json(as_json):
        show_json([asdict(each) for each in standings])
        return
    rows = [
        (
            each.release.id,
            "live" if each.live else "taken back" if each.taken_back_at else "",
            f"{each.live_at:%Y-%m-%d %H:%M}" if each.live_at else "",
            f"{sum(dataset.entities for dataset in each.release.datasets):,}",
            each.reason,
        )
        for each in standings
    ]
    show_rows("Releases", ("release", "", "went live (UTC)", "entities", "why it was taken back"), rows)


@app.command()
def show(release: Id, lake: option.Lake, as_json: option.AsJson = None) -> None:
    """Show what a release holds: its datasets and files."""
    with plain_errors():
        held = Releases(Lake(lake)).load(release)
    if wants_json(as_json):
        show_json(asdict(held))
        return
    counts = ("dataset", "entities", "facts", "issues", "refused", "resources")
    show_rows(f"Release {held.id}", counts, [[getattr(each, name) for name in counts] for each in held.datasets])
    show_rows("Files", ("name", "bytes", "sha256"), [(each.name, each.bytes, each.sha256) for each in held.artefacts])


@app.command()
def changes(
    since: Id,
    lake: option.Lake,
    until: Annotated[str | None, typer.Option(help="The later release; that which is live if not given.")] = None,
    as_json: option.AsJson = None,
) -> None:
    """List the entities that were added, changed or removed since a release."""
    with plain_errors():
        kept = Lake(lake)
        found = read_changes(kept.root, since, until or Releases(kept).need_live().id)
    if wants_json(as_json):
        show_json(found.to_dicts())
        return
    counts = count_changes(found)
    show_rows(f"Changes since {since}", counts.columns, counts.iter_rows())


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="The id of a release, or a folder with a table for each dataset.")],
    after: Annotated[str, typer.Argument(help="The same, of what is judged.")],
    lake: Annotated[
        Path | None, typer.Option(help="Where the releases are; folders are compared if not given.")
    ] = None,
    as_json: Annotated[bool | None, typer.Option("--json/--markdown", help="JSON where nobody is looking.")] = None,
) -> None:
    """Judge a release against another: pass, hold, fail or inconclusive, and why."""
    with plain_errors():
        if lake is None:
            verdict = compare_folders(Path(before), Path(after))
        else:
            verdict = compare_releases(Lake(lake), before, after)
    if wants_json(as_json):
        show_json(asdict(verdict))
    else:
        show_line(write_markdown(verdict).rstrip())
    if verdict.verdict != "pass":
        raise typer.Exit(ANSWER_IS_NO)


@app.command()
def promote(release: Id, lake: option.Lake) -> None:
    """Make a release live."""
    with plain_errors():
        promote_release(Lake(lake), release, getpass.getuser())
    show_line(f"Release {release} is live.")


@app.command()
def rollback(
    lake: option.Lake, reason: Annotated[str, typer.Option(help="What is wrong with the live release.")]
) -> None:
    """Take the live release back, and make the one live that was live before it."""
    with plain_errors():
        bad, good = roll_back(Lake(lake), reason, getpass.getuser())
    show_line(f"Release {bad.id} is taken back; {good.id} is live.")


@app.command()
def prune(
    lake: option.Lake,
    keep: Annotated[int, typer.Option(min=1, help="How many of the latest releases to keep.")] = 7,
    keep_days: Annotated[int, typer.Option(min=0, help="Keep those that went live in so many days.")] = 28,
    as_json: option.AsJson = None,
) -> None:
    """Remove releases that nobody needs, and the files that no other release has."""
    with plain_errors():
        pruned = prune_releases(Lake(lake), keep, keep_days, datetime.now(UTC))
    if wants_json(as_json):
        show_json(asdict(pruned))
    else:
        show_line(f"{len(pruned.releases)} releases and {pruned.files} files removed, {pruned.bytes:,} bytes.")
