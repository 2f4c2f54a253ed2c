"""Things that leave the stream without having been done: nobody waits for them any more."""

from collections.abc import Mapping, Sequence

import polars as pl

from headrace.flow.visits import WAITING, visits
from headrace.model.event import Kind, Stage
from headrace.run.collection import due_endpoints
from headrace.run.tools import Night
from headrace.run.transformation import Standing


def waiting_at(night: Night, stage: Stage) -> pl.DataFrame:
    """What waits at a stage for one of the night's datasets: `item`, `dataset`, `organisation`."""
    events = night.events.read(pl.col("stage") == stage.value)
    waiting = visits(events).filter(WAITING & pl.col("dataset").is_in(sorted(night.plan.datasets)))
    return waiting.select("item", "dataset", "organisation").sort("item")


def abandon_retired(night: Night, standing: Mapping[str, Sequence[Standing]]) -> None:
    """Record that endpoints that have ended, and resources that were replaced, wait no longer."""
    due = {endpoint.endpoint for endpoint in due_endpoints(night)}
    current = {
        f"{dataset}/{each.held.provenance.resource}"
        for dataset, results in standing.items()
        for each in results
        if each.held.ended_on is None
    }
    for stage, item_type, kept, reason in (
        (Stage.COLLECT, "endpoint", due, "the endpoint has ended"),
        (Stage.CONVERT, "resource", current, "another resource has taken its place"),
    ):
        for item, dataset, organisation in waiting_at(night, stage).iter_rows():
            if item not in kept:
                night.events.emit(
                    item_type,
                    item,
                    stage,
                    Kind.ABANDONED,
                    dataset=dataset,
                    organisation=organisation,
                    reason=reason,
                )
