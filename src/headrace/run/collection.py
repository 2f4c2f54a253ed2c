"""The first step of a night: every endpoint that is due is asked once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from headrace.collect.endpoints import collect
from headrace.collect.policy import Policy
from headrace.model.attempt import Attempt
from headrace.model.endpoint import Endpoint
from headrace.model.event import Kind, Stage
from headrace.run.tools import Night, utc_now
from headrace.store.attempt_log import AttemptLog, last_successes
from headrace.store.event_record import Whose


@dataclass(frozen=True, slots=True)
class Collected:
    """What collecting came to.

    Attributes:
        attempts: endpoints asked in this run.
        failed: those that gave no resource.
        new: resources that were not held before.
        unchanged: attempts that gave a resource held before.
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
    asked = set(before.filter(pl.col("night") == night.date)["endpoint"])
    held = set(before["resource"].drop_nulls())
    due = [endpoint for endpoint in due_endpoints(night) if endpoint.endpoint not in asked]
    owners = _owners(night)
    for endpoint in due:
        night.events.emit("endpoint", endpoint.endpoint, Stage.COLLECT, Kind.READY, **owners[endpoint.endpoint])
    tally = {"attempts": 0, "failed": 0, "new": 0, "unchanged": 0}

    def record(attempt: Attempt) -> None:
        whose = owners[attempt.endpoint]
        started, ended = attempt.started_at, attempt.finished_at
        night.events.emit("endpoint", attempt.endpoint, Stage.COLLECT, Kind.STARTED, at=started, **whose)
        kind = Kind.FINISHED if attempt.ok else Kind.FAILED
        night.events.emit("endpoint", attempt.endpoint, Stage.COLLECT, kind, at=ended, reason=attempt.reason, **whose)
        log.record(attempt)
        tally["attempts"] += 1
        tally["failed"] += not attempt.ok
        if attempt.resource:
            tally["unchanged" if attempt.resource in held else "new"] += 1
            held.add(attempt.resource)
        night.progress(Stage.COLLECT, tally["attempts"], len(due))

    night.progress(Stage.COLLECT, 0, len(due))
    collect(
        due,
        keep=night.lake.keep_resource,
        record=record,
        previous=last_successes(before),
        policy=policy,
        clock=utc_now,
    )
    log.close()
    return Collected(**tally)


def due_endpoints(night: Night) -> Sequence[Endpoint]:
    """The endpoints of the night's datasets that have not ended, each once, in the order of configuration."""
    owners = _owners(night)
    due = {
        endpoint.endpoint: endpoint
        for collection in night.plan.collections.values()
        for endpoint in collection.endpoints
        if endpoint.endpoint in owners and not endpoint.ended(night.date)
    }
    return list(due.values())


def _owners(night: Night) -> Mapping[str, Whose]:
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
