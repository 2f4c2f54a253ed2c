"""`headrace serve`: the site, the API, Datasette and the stream, over the live release of a lake."""

import os
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from headrace.cli.exit import plain_errors
from headrace.cli.show import show_line
from headrace.model.error import LakeError, SettingsError
from headrace.settings import read_settings
from headrace.store.goals import read_goals
from headrace.store.service_map import read_service_map

APP = "headrace.web.app:from_environment"
"""The web, named and not imported: the command line and the web are two ways in, and neither knows the other."""

PAGES = (
    ("", "the site"),
    ("entity/", "search"),
    ("entity.json", "the API"),
    ("stream", "the stream: where data waits"),
    ("datasette/", "Datasette over the data and over the record of its processing"),
)

GRACE_S = 3
"""Seconds that open answers have to end in when the service stops: pages that listen for events would never end."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def serve(
    lake: Annotated[Path | None, typer.Option(help="Folder in which everything is kept.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    goals: Annotated[
        Path | None, typer.Option(help="File with the goals of the service; else the built-in ones.")
    ] = None,
    service_map: Annotated[
        Path | None, typer.Option(help="File of the service map that /stream shows; else the built-in one.")
    ] = None,
) -> None:
    """Serve the live release of a lake; a release that goes live later is followed without a restart."""
    with plain_errors():
        settings = read_settings()
        serve_lake(
            lake or settings.lake,
            host or settings.host,
            settings.port if port is None else port,
            goals or settings.goals,
            service_map or settings.service_map,
        )


def serve_lake(lake: Path, host: str, port: int, goals: Path | None = None, service_map: Path | None = None) -> None:
    """Say where to look, and serve until interrupted.

    Raises:
        LakeError: there is no such folder.
        ConfigurationError: the goals or the service map cannot be used.
        SettingsError: the port cannot be listened on.
    """
    if not lake.is_dir():
        raise LakeError(f"{lake}: there is no such folder; expected the lake of a night that has run")
    read_goals(goals)
    read_service_map(service_map)
    os.environ["HEADRACE_LAKE"] = str(lake)
    if service_map is not None:
        os.environ["HEADRACE_SERVICE_MAP"] = str(service_map)
    if goals is not None:
        os.environ["HEADRACE_GOALS"] = str(goals)
    config = uvicorn.Config(
        APP, factory=True, host=host, port=port, log_level="warning", timeout_graceful_shutdown=GRACE_S
    )
    try:
        socket = config.bind_socket()
    except SystemExit as error:
        raise SettingsError(f"--port: {port} is taken on {host}; choose another, or 0 for any that is free") from error
    origin = f"http://{host}:{socket.getsockname()[1]}"
    for path, what in PAGES:
        show_line(f"  {origin}/{path:<12}  {what}")
    show_line("Stop with Ctrl-C.")
    uvicorn.Server(config).run(sockets=[socket])
