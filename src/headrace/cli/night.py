"""`headrace night`: one night, from endpoints to a release."""

from typing import Annotated

import typer

from headrace.cli import option
from headrace.cli.exit import plain_errors
from headrace.cli.progress import progress_bars
from headrace.cli.severity import Severity
from headrace.cli.show import show_json, show_rows, wants_json
from headrace.report.night_summary import NightSummary
from headrace.run.start import NightOptions, start_night

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def night(
    lake: option.Lake,
    config: option.Config,
    specification: option.Specification,
    dataset: Annotated[list[str] | None, typer.Option(help="Only this dataset; may be repeated.")] = None,
    date: Annotated[str | None, typer.Option(help="Day of the night, YYYY-MM-DD; today if not given.")] = None,
    workers: Annotated[
        str | None, typer.Option(help="Processes that transform (one per core if not given), or tcp:// of a cluster.")
    ] = None,
    allow_loopback: option.AllowLoopback = False,
    allow_file: option.AllowFile = False,
    hold_on: Annotated[
        Severity | None,
        typer.Option(help="Keep a dataset as it is live where an expectation so grave or graver failed."),
    ] = None,
    as_json: option.AsJson = None,
) -> None:
    """Collect the endpoints of a configuration, convert, transform, assemble, and release what changed."""
    with plain_errors(), progress_bars() as tell:
        options = NightOptions(
            lake=lake,
            config=config,
            specification=specification,
            datasets=tuple(dataset or ()),
            date=date,
            workers=workers,
            allow_loopback=allow_loopback,
            allow_file=allow_file,
            hold_on=hold_on,
        )
        summary = start_night(options, tell)
    show_summary(summary, as_json=as_json)


def show_summary(summary: NightSummary, *, as_json: bool | None) -> None:
    """Print what a night did."""
    if wants_json(as_json):
        show_json(summary.as_json())
    else:
        show_rows("What the night did", ("", ""), summary.as_rows())
