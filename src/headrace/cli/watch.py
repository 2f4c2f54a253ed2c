"""`headrace watch`: the live service, watched."""

import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer

from headrace.cli.exit import plain_errors
from headrace.store.probe_results import read_probe_results
from headrace.watch.alert.replay import replay

app = typer.Typer(help="The live service, watched.", no_args_is_help=True)


@app.callback()
def watch() -> None:
    """The live service, watched."""


@app.command("replay")
def replay_results(
    results: Annotated[Path, typer.Argument(help="CSV of results: at, probe, ok (1 or 0).")],
) -> None:
    """Print the messages that recorded results would have led to, one JSON document a line."""
    with plain_errors():
        recorded = read_probe_results(results)
    for message in replay(recorded):
        sys.stdout.buffer.write(orjson.dumps(message.as_json(), option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))
