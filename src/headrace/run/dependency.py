"""Blocks that a person records: an item waits for another item, or for somebody; and that it does so no longer."""

from datetime import datetime

import orjson
import polars as pl

from headrace.flow.dependency import blocks
from headrace.flow.visits import DEPARTED, visits
from headrace.model.error import SettingsError
from headrace.model.event import Kind
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake


def add_dependency(
    lake: Lake,
    item: tuple[str, str],
    by: tuple[str, str],
    *,
    reason: str | None,
    stage: str | None,
    actor: str,
    now: datetime,
) -> str:
    """Record that an item is blocked, and by what; the stage at which it is blocked is returned.

    Args:
        lake: whose event record.
        item, by: type and key of what is blocked, and of what blocks it.
        reason: why, in a sentence.
        stage: where it is blocked; None: where it is now.
        actor: the person who says so.
        now: the moment.

    Raises:
        SettingsError: the item is at no stage, at another one, or at several, or would block itself.
    """
    if item == by:
        raise SettingsError(f"--by: got {item[0]} {item[1]!r}, which is the item itself; expected what it waits for")
    record = _record(lake, now)
    at = visits(_of(record.read(), item)).filter(~DEPARTED)
    stages = sorted(at["stage"].unique())
    place = _choose(stages, stage, item, "at")
    whose = at.filter(pl.col("stage") == place).row(-1, named=True)
    detail = orjson.dumps({"by": {"type": by[0], "item": by[1]}}).decode()
    record.emit(
        *(*item, place, Kind.BLOCKED),
        dataset=whose["dataset"],
        organisation=whose["organisation"],
        reason=reason,
        detail=detail,
        actor=actor,
    )
    record.close()
    return place


def clear_dependency(
    lake: Lake, item: tuple[str, str], *, reason: str | None, stage: str | None, actor: str, now: datetime
) -> str:
    """Record that an item is blocked no longer; the stage at which it was blocked is returned.

    Raises:
        SettingsError: it is not blocked, not at that stage, or at several.
    """
    record = _record(lake, now)
    lasting = blocks(_of(record.read(), item)).filter(pl.col("until").is_null())
    place = _choose(sorted(lasting["stage"].unique()), stage, item, "blocked at")
    whose = lasting.filter(pl.col("stage") == place).row(-1, named=True)
    record.emit(
        *(*item, place, Kind.UNBLOCKED),
        dataset=whose["dataset"],
        organisation=whose["organisation"],
        reason=reason,
        actor=actor,
    )
    record.close()
    return place


def _record(lake: Lake, now: datetime) -> EventRecord:
    return EventRecord(lake, f"dependency-{now:%Y%m%d-%H%M%S%f}", lambda: now)


def _of(events: pl.DataFrame, item: tuple[str, str]) -> pl.DataFrame:
    return events.filter((pl.col("item_type") == item[0]) & (pl.col("item") == item[1]))


def _choose(stages: list[str], stage: str | None, item: tuple[str, str], state: str) -> str:
    """The stage that is meant, which is one of `stages`."""
    said = f"{item[0]} {item[1]!r}"
    if not stages:
        raise SettingsError(f"{said} is {state} no stage; expected one that is, as /stream lists them")
    if stage is None and len(stages) > 1:
        raise SettingsError(f"{said} is {state} {', '.join(stages)}; say which with --stage")
    if stage is not None and stage not in stages:
        raise SettingsError(f"--stage: got {stage!r}, but {said} is {state} {', '.join(stages)}")
    return stage or stages[0]
