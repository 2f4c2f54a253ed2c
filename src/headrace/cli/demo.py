"""`headrace demo`: two nights of a small England, and the service over what came of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from headrace.cli.exit import plain_errors
from headrace.cli.night import show_summary
from headrace.cli.progress import progress_bars
from headrace.cli.serve import serve_lake
from headrace.cli.show import show_line
from headrace.run.simulated_past import add_simulated_past
from headrace.run.start import NightOptions, start_night
from headrace.simulate.england import England
from headrace.store.lake import Lake

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the demonstration keeps its configuration and its lake.")] = Path(
        "demo"
    ),
    serve: Annotated[bool, typer.Option(help="Serve the result when the nights are over.")] = True,
    port: Annotated[int, typer.Option(help="Where to serve it.")] = 8000,
    as_json: Annotated[bool, typer.Option("--json/--table", help="How to print the summaries.")] = False,
) -> None:
    """Run a small England of publishers for two nights, and serve what they published."""
    config, lake = folder / "config", folder / "lake"
    today = datetime.now(UTC).date()
    with plain_errors(), England() as england:
        england.write_configuration(config)
        options = NightOptions(
            lake=lake,
            config=config,
            specification=config / "specification",
            date=(today - timedelta(days=1)).isoformat(),
            allow_loopback=True,
            workers="1",
        )
        before = today - timedelta(days=2)
        publications = [(each, england.url(each)) for each in england.publications]
        told = add_simulated_past(Lake(lake), england.seed, publications, before)
        show_line(
            f"The record begins with {told} invented events of the time up to {before}, each marked as simulated."
        )
        _run(options, "First night", as_json=as_json)
        england.second_day()
        show_line("Some publishers have changed their files.")
        _run(replace(options, date=today.isoformat()), "Second night", as_json=as_json)
    if serve:
        serve_lake(lake, "127.0.0.1", port)


def _run(options: NightOptions, title: str, *, as_json: bool) -> None:
    show_line(f"{title}, {options.date}")
    with progress_bars() as tell:
        summary = start_night(options, tell)
    show_summary(summary, as_json=as_json)
