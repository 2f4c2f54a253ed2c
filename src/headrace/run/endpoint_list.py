"""The list of endpoints: how each is doing, and what is to be done about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from headrace.collect.schedule import Action, History, Patience, next_action, next_due, told_on
from headrace.model.error import ConfigurationError
from headrace.run.endpoint_history import read_histories
from headrace.store.attempt_log import AttemptLog
from headrace.store.configuration_files import Collection, read_collection
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look, ReplacementRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEndpoint:
    """One endpoint that is collected.

    Attributes:
        endpoint, url: which.
        collections, organisations, datasets: whom it serves, sorted.
        documentation_url: the page on which its publisher says where the data is, where one is configured.
        failing_since: the first night that failed since the last good one; None when the last was good, or none was.
        failing_days: days since then.
        failures: nights in a row that failed.
        reason: why the last of them did.
        succeeded_on: the last good night.
        last_on: the last night on which it was asked.
        due_on, due: the next night on which it will be asked, and why then.
        told_on: the day from which its publisher is told; None while it is not.
        action: what is to be done about it.
        look: what its documentation page linked to when it was last looked at since it began to fail.
    """

    endpoint: str
    url: str
    collections: tuple[str, ...]
    organisations: tuple[str, ...]
    datasets: tuple[str, ...]
    documentation_url: str | None
    failing_since: date | None
    failing_days: int
    failures: int
    reason: str | None
    succeeded_on: date | None
    last_on: date | None
    due_on: date
    due: str
    told_on: date | None
    action: Action
    look: Look | None


def list_endpoints(lake: Lake, config: Path, today: date, patience: Patience) -> list[ListedEndpoint]:
    """Every configured endpoint that has not ended: those that fail first, the longest failing before the others.

    Raises:
        ConfigurationError: the configuration is missing or malformed.
    """
    folders = sorted(path.parent for path in (config / "collection").glob("*/endpoint.csv"))
    if not folders:
        raise ConfigurationError(str(config / "collection"), "no endpoint.csv in it", "a folder for each collection")
    attempts = AttemptLog(lake, "", "reader").read()
    collections, histories = [read_collection(folder) for folder in folders], read_histories(attempts)
    looks = ReplacementRecord(lake, "reader").latest()
    listed = judge_endpoints(collections, histories, looks, today, patience)
    return sorted(listed, key=lambda each: (-each.failing_days, each.failing_since is None, each.url))


def judge_endpoints(
    collections: Sequence[Collection],
    histories: Mapping[str, History],
    looks: Mapping[str, Look],
    today: date,
    patience: Patience,
) -> Iterable[ListedEndpoint]:
    """Each endpoint of some collections once, with what its history and the last look say of it on a day."""
    addresses = {
        each.endpoint: each.url
        for collection in collections
        for each in collection.endpoints
        if not each.ended(today.isoformat())
    }
    for endpoint, url in addresses.items():
        served = [(of.collection, each) for of in collections for each in of.sources if each.endpoint == endpoint]
        history = histories.get(endpoint)
        due = next_due(history, today)
        since = history.failing_since if history else None
        yield ListedEndpoint(
            endpoint=endpoint,
            url=url,
            collections=tuple(sorted({collection for collection, _ in served})),
            organisations=tuple(sorted({each.organisation for _, each in served})),
            datasets=tuple(sorted({dataset for _, each in served for dataset in each.datasets})),
            documentation_url=next((each.documentation_url for _, each in served if each.documentation_url), None),
            failing_since=since,
            failing_days=(today - since).days if since else 0,
            failures=history.failures if history else 0,
            reason=history.reason if history else None,
            succeeded_on=history.succeeded_on if history else None,
            last_on=history.last_on if history else None,
            due_on=max(due.on, today) if history is None or history.last_on < today else due.on,
            due=due.reason,
            told_on=told_on(history, today, patience) if history else None,
            action=next_action(history, today, patience),
            look=current_look(history, looks.get(endpoint)),
        )


def current_look(history: History | None, look: Look | None) -> Look | None:
    """A look that still matters: the endpoint fails, and has failed since before it."""
    since = history.failing_since if history else None
    return look if look and since and look.looked_on >= since else None
