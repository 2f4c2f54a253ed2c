"""The first step of a night: every endpoint that is due is asked once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import orjson
import polars as pl

from headrace.collect.endpoints import collect
from headrace.collect.policy import Policy
from headrace.collect.schedule import Due, next_due
from headrace.model.attempt import RECORDED_ELSEWHERE, Attempt
from headrace.model.endpoint import Endpoint
from headrace.model.event import Kind, Stage
from headrace.run.endpoint_history import read_histories
from headrace.run.known_content import KnownContents
from headrace.run.tools import Night, utc_now
from headrace.store.attempt_log import AttemptLog, last_successes
from headrace.store.event_record import Whose


@dataclass(frozen=True, slots=True)
class Collected:
    """What collecting came to.

    Attributes:
        attempts: endpoints asked in this run.
        failed: those that gave no resource.
        new: resources that were not held before and say something new.
        unchanged: attempts that gave a resource held before, or one that says the same as the one before it.
    """

    attempts: int
    failed: int
    new: int
    unchanged: int


def collect_endpoints(night: Night, policy: Policy) -> Collected:
    """Ask the endpoints that are due and not asked yet this night.

    The event of an attempt is recorded before the attempt: where a night is interrupted between the two, the endpoint
    is asked again, and no attempt lacks its event.
    """
    log = AttemptLog(night.lake, night.date, night.run)
    before = log.read()
    own = before.filter(pl.col("resource").is_not_null() & pl.col("due").ne_missing(RECORDED_ELSEWHERE))
    seen = set(own["resource"])
    contents = KnownContents(night)
    previous = _last_kept(night, before, contents)
    due = _due_tonight(night, before)
    owners = owners_of_endpoints(night)
    for endpoint, _ in due:
        night.events.emit("endpoint", endpoint.endpoint, Stage.COLLECT, Kind.READY, **owners[endpoint.endpoint])
    tally = {"attempts": 0, "failed": 0, "new": 0, "unchanged": 0}

    def record(attempt: Attempt) -> None:
        whose = owners[attempt.endpoint]
        started, ended = attempt.started_at, attempt.finished_at
        night.events.emit("endpoint", attempt.endpoint, Stage.COLLECT, Kind.STARTED, at=started, **whose)
        kind = Kind.FINISHED if attempt.ok else Kind.FAILED
        brought = orjson.dumps({"resource": attempt.resource}).decode() if attempt.ok and attempt.resource else None
        night.events.emit(
            "endpoint",
            attempt.endpoint,
            Stage.COLLECT,
            kind,
            at=ended,
            reason=attempt.reason,
            detail=brought,
            **whose,
        )
        log.record(attempt)
        tally["attempts"] += 1
        tally["failed"] += not attempt.ok
        if attempt.resource:
            last = previous.get(attempt.endpoint)
            content = contents.known(last.endpoint, last.resource) if last and last.resource else None
            same = attempt.resource in seen or (content and content == attempt.content)
            tally["unchanged" if same else "new"] += 1
            seen.add(attempt.resource)
        night.progress(Stage.COLLECT, tally["attempts"], len(due))

    night.progress(Stage.COLLECT, 0, len(due))
    collect(
        [endpoint for endpoint, _ in due],
        keep=night.lake.keep_resource,
        record=record,
        previous=previous,
        policy=policy,
        clock=utc_now,
        content=_content(contents, previous),
        due={endpoint.endpoint: each.reason for endpoint, each in due},
    )
    log.close()
    contents.close()
    return Collected(**tally)


def due_endpoints(night: Night) -> Sequence[Endpoint]:
    """The endpoints of the night's datasets that have not ended, each once, in the order of configuration."""
    owners = owners_of_endpoints(night)
    due = {
        endpoint.endpoint: endpoint
        for collection in night.plan.collections.values()
        for endpoint in collection.endpoints
        if endpoint.endpoint in owners and not endpoint.ended(night.date)
    }
    return list(due.values())


def _due_tonight(night: Night, before: pl.DataFrame) -> list[tuple[Endpoint, Due]]:
    """Those whose history makes them due on this night, and that were not asked on it yet.

    Those that fail come first: they take the longest, and the night ends with its last.
    """
    today = date.fromisoformat(night.date)
    asked = set(before.filter(pl.col("night") == night.date)["endpoint"])
    histories = read_histories(before.filter(pl.col("night") < night.date))
    judged = [
        (endpoint, next_due(histories.get(endpoint.endpoint), today))
        for endpoint in due_endpoints(night)
        if endpoint.endpoint not in asked
    ]
    failing = {endpoint for endpoint, history in histories.items() if history.failing_since}
    due_now = [(endpoint, due) for endpoint, due in judged if due.on <= today]
    return sorted(due_now, key=lambda each: each[0].endpoint not in failing)


def _last_kept(night: Night, before: pl.DataFrame, contents: KnownContents) -> dict[str, Attempt]:
    """The last good attempt by endpoint, where its bytes are in the lake: what is not there is to be sent again.

    Its content is what it is as configuration has it read tonight, None where it was not read so yet.
    """
    return {
        endpoint: replace(attempt, content=contents.known(endpoint, attempt.resource))
        for endpoint, attempt in last_successes(before).items()
        if attempt.resource and night.lake.resource_path(attempt.resource).exists()
    }


def _content(contents: KnownContents, previous: Mapping[str, Attempt]) -> Callable[[Attempt, str], str | None]:
    """Finds the content of the resource of an attempt, and of the one before it, so that the two can be compared."""

    def find(attempt: Attempt, resource: str) -> str | None:
        last = previous.get(attempt.endpoint)
        if last and last.resource:
            contents.find(attempt.endpoint, last.resource)
        return contents.find(attempt.endpoint, resource)

    return find


def owners_of_endpoints(night: Night) -> Mapping[str, Whose]:
    """The dataset and the organisation of each endpoint that serves one of the night's datasets.

    An endpoint of several datasets or organisations is said to be of none in particular.
    """
    datasets: dict[str, set[str]] = {}
    organisations: dict[str, set[str]] = {}
    for collection in night.plan.collections.values():
        for source in collection.sources:
            wanted = set(source.datasets) & set(night.plan.datasets)
            if wanted:
                datasets.setdefault(source.endpoint, set()).update(wanted)
                organisations.setdefault(source.endpoint, set()).add(source.organisation)
    return {
        endpoint: Whose(dataset=_only(names), organisation=_only(organisations[endpoint]))
        for endpoint, names in datasets.items()
    }


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None
