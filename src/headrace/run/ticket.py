"""Tickets: what people recorded elsewhere of items at stages, a row each."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

import polars as pl

from headrace.model.event import EVENT_SCHEMA, Kind, build_events
from headrace.model.stage import StageModel, Streams

COLUMNS: Final = ("item", "stage", "at")
"""What a row must have, and either `kind` or `status`."""

OPTIONAL: Final = ("kind", "status", "item-type", "actor", "role", "dataset", "organisation", "reason")
"""What it may have beside."""

RUN: Final = "tickets"

Row = tuple[int, Mapping[str, str]]


def build_ticket_events(
    rows: Iterable[Row], model: Streams, words: Mapping[str, Kind], stream: str | None, now: datetime, told: list[str]
) -> pl.DataFrame:
    """The events (`EVENT_SCHEMA`) of tickets; rows that are none are told, and the others go on.

    Args:
        rows: cells by column (`COLUMNS`, `OPTIONAL`), each with the number of its line. `stage` is the name or title of
            a stage, `kind` a kind of event, `status` one of `words`; where both are there, `kind` counts. `at` is an
            ISO day or moment, in UTC where it has no offset. `item-type` is that of the stage where it is not said.
        model: the stages there are.
        words: kinds of event by what a tracker says of a ticket, in lower case.
        stream: only stages of this stream are right; None for any.
        now: what is later has not happened.
        told: gets a sentence for each row that is no event, with its line and what was expected.
    """
    stages = {
        key: stage
        for stage in model.stages.values()
        if stream in (None, stage.stream)
        for key in (stage.stage, stage.title.lower())
    }
    events: list[tuple[object, ...]] = []
    for line, row in rows:
        found = _read(row, stages, words, now)
        if isinstance(found, str):
            told.append(f"line {line}: {found}")
        else:
            events.append(found)
    names = (
        *("at", "item_type", "item", "stage", "kind", "run", "actor"),
        *("dataset", "organisation", "reason"),
    )
    return build_events(pl.DataFrame(events, schema={name: EVENT_SCHEMA[name] for name in names}, orient="row"))


def _read(
    row: Mapping[str, str], stages: Mapping[str, StageModel], words: Mapping[str, Kind], now: datetime
) -> tuple[object, ...] | str:
    """An event's attributes, or what is wrong."""
    if not row["item"]:
        return "item is blank, expected what the ticket is about"
    stage = stages.get(row["stage"].lower())
    if stage is None:
        known = ", ".join(dict.fromkeys(each.stage for each in stages.values()))
        return f"stage is {row['stage']!r}, expected one of {known}"
    kind = _kind(row, words)
    if kind is None:
        if row.get("kind"):
            return f"kind is {row['kind']!r}, expected one of {', '.join(Kind)}"
        return f"status is {row.get('status', '')!r}, expected one of {', '.join(words)}"
    at = _moment(row["at"])
    if at is None:
        return f"at is {row['at']!r}, expected a day or moment such as 2026-11-24 or 2026-11-24T09:30:00Z"
    if at > now:
        return f"at is {row['at']!r}, which has not come yet"
    actor = row.get("actor") or row.get("role") or RUN
    item_type = row.get("item-type") or stage.item_type
    whose = tuple(row.get(name) or None for name in ("dataset", "organisation", "reason"))
    return (at, item_type, row["item"], stage.stage, kind.value, RUN, actor, *whose)


def _kind(row: Mapping[str, str], words: Mapping[str, Kind]) -> Kind | None:
    said = row.get("kind", "").lower()
    if said:
        return Kind(said) if said in set(Kind) else None
    return words.get(row.get("status", "").lower())


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
