"""Before release: a dataset that is not as it is expected to be can be held, and what is live of it stays."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from headrace.flow.visits import WAITING, visits
from headrace.model.event import Kind, Stage
from headrace.run.assembly import Assembled
from headrace.run.tools import Night
from headrace.store.releases import Releases

SEVERITIES: Final = ("info", "notice", "warning", "error", "critical")
"""Severities of expectations, the gravest last."""


def hold_datasets(
    night: Night, assembled: Mapping[str, Assembled], judged: Mapping[str, pl.DataFrame], hold_on: str | None
) -> dict[str, Assembled]:
    """What is to be released: each dataset as it was assembled, or else as it is live.

    A dataset that is not live as it is now is held where one of its expectations of severity `hold_on` or graver has
    failed; one that could not be judged holds nothing. A dataset that is held and not live at all is left out. Where
    `hold_on` is None, none is held.
    """
    if hold_on is None:
        return dict(assembled)
    live = Releases(night.lake).live()
    summaries = {} if live is None else {each.dataset: each for each in live.datasets}
    was_held = _held(night)
    released = {}
    for dataset, each in assembled.items():
        summary = summaries.get(dataset)
        is_live = summary is not None and summary.inputs == each.summary.inputs
        reason = None if is_live else _reason(judged[dataset], hold_on)
        if reason is None:
            released[dataset] = each
            if dataset in was_held:
                _let_go(night, dataset, is_live=is_live)
        else:
            if dataset not in was_held:
                night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.READY, dataset=dataset)
                night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.BLOCKED, dataset=dataset, reason=reason)
            if summary is not None:
                folder = night.lake.assembled_folder(dataset, summary.inputs)
                released[dataset] = Assembled(folder, summary, made=False)
    return released


def _held(night: Night) -> set[str]:
    """The datasets that are blocked before publishing."""
    events = night.events.read(pl.col("stage") == Stage.PUBLISH.value)
    return set(visits(events).filter(WAITING & pl.col("reason").is_not_null())["item"])


def _reason(judged: pl.DataFrame, hold_on: str) -> str | None:
    """Why a dataset is held; None where it is not."""
    grave = SEVERITIES[SEVERITIES.index(hold_on) :]
    failed = judged.filter((pl.col("passed") == "False") & pl.col("severity").is_in(grave))
    if failed.is_empty():
        return None
    first = failed.row(0, named=True)
    whose = f" ({first['organisation']})" if first["organisation"] else ""
    more = f", and {failed.height - 1:,} more" if failed.height > 1 else ""
    return f"{first['name'] or first['operation']}{whose}: {first['message']}{more}"


def _let_go(night: Night, dataset: str, *, is_live: bool) -> None:
    night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.UNBLOCKED, dataset=dataset)
    if is_live:
        reason = "the dataset is again as it is live"
        night.events.emit("dataset", dataset, Stage.PUBLISH, Kind.ABANDONED, dataset=dataset, reason=reason)
