"""Repairs as they happen: endpoints that stopped to answer in a night, that answer again, or that were retired."""

import polars as pl

from headrace.flow.visits import DEPARTED, visits
from headrace.model.event import Kind
from headrace.run.collection import due_endpoints, owners_of_endpoints
from headrace.run.log_events import REPAIR
from headrace.run.tools import Night
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import Whose

NOBODY = Whose(dataset=None, organisation=None)


def tell_repairs(night: Night) -> None:
    """Record what the attempts of the night, and the configuration, say of repairs.

    An endpoint waits for repair from an attempt that fails until one that gives data, or until it has ended. What is
    recorded already is not recorded again: an endpoint that goes on failing says nothing new, nor does a night that is
    run again.
    """
    waiting = {
        item: Whose(dataset=dataset, organisation=organisation)
        for item, dataset, organisation in visits(night.events.read(pl.col("stage") == REPAIR))
        .filter(~DEPARTED)
        .select("item", "dataset", "organisation")
        .iter_rows()
    }
    owners = owners_of_endpoints(night)
    attempts = AttemptLog(night.lake, night.date, night.run).read_night()
    last = attempts.unique("endpoint", keep="last", maintain_order=True)
    for endpoint, at, resource, reason in last.select("endpoint", "finished_at", "resource", "reason").iter_rows():
        whose = owners.get(endpoint, NOBODY)
        if resource is None and endpoint not in waiting:
            night.events.emit("endpoint", endpoint, REPAIR, Kind.READY, at=at, reason=reason, **whose)
        elif resource is not None and endpoint in waiting:
            night.events.emit("endpoint", endpoint, REPAIR, Kind.FINISHED, at=at, **whose)
            del waiting[endpoint]
    due = {endpoint.endpoint for endpoint in due_endpoints(night)}
    configured = {each.endpoint for collection in night.plan.collections.values() for each in collection.endpoints}
    for endpoint, whose in sorted(waiting.items()):
        known = endpoint in configured or whose["dataset"] in night.plan.datasets
        if known and endpoint not in due:
            reason = "the endpoint has ended"
            night.events.emit("endpoint", endpoint, REPAIR, Kind.ABANDONED, reason=reason, **whose)
