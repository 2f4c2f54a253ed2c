"""`headrace endpoint`: the addresses from which data is fetched."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from headrace.cli.exit import ANSWER_IS_NO, plain_errors
from headrace.cli.show import show_json, show_rows, wants_json
from headrace.collect.policy import Policy
from headrace.collect.schedule import Patience
from headrace.model.endpoint import Endpoint, hash_url
from headrace.model.error import SettingsError
from headrace.run.endpoint_check import Reader, check_endpoint
from headrace.run.endpoint_list import ListedEndpoint, list_endpoints
from headrace.run.replacement_search import search_replacements
from headrace.run.tools import utc_now
from headrace.settings import Settings, read_settings
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look

app = typer.Typer(help="The addresses from which data is fetched.", no_args_is_help=True)


@app.command("list")
def list_all(
    lake: Annotated[Path, typer.Option(help="Folder in which everything is kept.")],
    config: Annotated[Path, typer.Option(help="Folder with collection/.")],
    failing: Annotated[bool, typer.Option(help="Only those that fail: the work list, the oldest first.")] = False,
    look: Annotated[bool, typer.Option("--look", help="Look for replacements on documentation pages now.")] = False,
    allow_loopback: Annotated[bool, typer.Option(help="Look at pages of this machine too, for rehearsals.")] = False,
    as_json: Annotated[bool | None, typer.Option("--json/--table", help="How to print.")] = None,
) -> None:
    """Show how every endpoint is doing, when it is asked next, and what is to be done about it.

    With `--look`, the documentation pages of those that have failed for long are asked for a link to where the data is
    now; what was found is kept, and shown from then on.
    """
    with plain_errors():
        settings = read_settings()
        patience = Patience(tell_days=settings.tell_days, retire_days=settings.retire_days)
        listed = list_endpoints(Lake(lake), config, datetime.now(UTC).date(), patience)
        if look:
            listed = search_replacements(Lake(lake), listed, _policy(settings, allow_loopback), utc_now)
    shown = [each for each in listed if each.failing_since or not failing]
    if wants_json(as_json):
        show_json(shown)
        return
    columns = ("days", "failed", "next", "action", "told", "organisation", "reason", "URL", "perhaps now")
    show_rows("Endpoints that fail" if failing else "Endpoints", columns, map(_cells, shown))


@app.command()
def check(
    url: Annotated[str, typer.Argument(help="What is to be asked.")],
    plugin: Annotated[
        str | None, typer.Option(help="Kind of service: arcgis, wfs, sparql; a file if not given.")
    ] = None,
    parameters: Annotated[str | None, typer.Option(help="What the plug-in needs to know, as JSON.")] = None,
    dataset: Annotated[str | None, typer.Option(help="As what the answer is read.")] = None,
    config: Annotated[Path | None, typer.Option(help="Folder with organisation.csv and pipeline/.")] = None,
    specification: Annotated[Path | None, typer.Option(help="Folder of the specification.")] = None,
    organisation: Annotated[list[str] | None, typer.Option(help="Whose it is; may be repeated.")] = None,
    allow_loopback: Annotated[bool, typer.Option(help="Ask this machine too, for rehearsals.")] = False,
    allow_file: Annotated[bool, typer.Option(help="Read file: URLs too.")] = False,
    as_json: Annotated[bool | None, typer.Option("--json/--table", help="How to print.")] = None,
) -> None:
    """Show step by step what a night would make of a URL; nothing is kept."""
    with plain_errors():
        settings = read_settings()
        policy = _policy(settings, allow_loopback, allow_file)
        reader = _reader(dataset, config, specification, tuple(organisation or ()))
        endpoint = Endpoint(hash_url(url), url, plugin, parameters)
        steps = check_endpoint(endpoint, policy, utc_now, time.perf_counter, reader)
    if wants_json(as_json):
        show_json(steps)
    else:
        show_rows(url, ("", "", ""), [(each.step, "✓" if each.good else "✗", each.said) for each in steps])
    if not steps[-1].good:
        raise typer.Exit(ANSWER_IS_NO)


def _policy(settings: Settings, allow_loopback: bool, allow_file: bool = False) -> Policy:
    return Policy(
        contact=settings.contact,
        host_delay_seconds=settings.host_delay_seconds,
        respect_robots=settings.respect_robots,
        allow_loopback=allow_loopback,
        allow_file=allow_file,
    )


def _reader(
    dataset: str | None, config: Path | None, specification: Path | None, organisations: tuple[str, ...]
) -> Reader | None:
    if dataset is None:
        return None
    if config is None or specification is None:
        raise SettingsError(f"--dataset {dataset}: got no --config or no --specification; expected both beside it")
    return Reader(dataset, config, specification, organisations)


def _cells(each: ListedEndpoint) -> tuple[object, ...]:
    return (
        each.failing_days if each.failing_since else None,
        each.failures or None,
        each.due_on,
        each.action,
        each.told_on,
        ", ".join(each.organisations),
        each.reason,
        each.url,
        _replacement(each.look),
    )


def _replacement(look: Look | None) -> str | None:
    """What was found in place of an endpoint, and when, or why nothing was."""
    if look is None:
        return None
    found = f"{look.replacement} “{look.text}”" if look.replacement else "nothing"
    return f"{found}: {look.why} ({look.looked_on})"
