"""The event record as an object-centric event log, OCEL 2.0 in JSON: https://www.ocel-standard.org/2.0/."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

import orjson
import polars as pl

BLOCK: Final = 50_000
"""Rows that are turned into text at once."""

OBJECT_TYPES: Final = ("dataset", "organisation")
"""What an event is about beside its item."""

EVENT_ATTRIBUTES: Final = ("stage", "kind", "attempt", "run", "actor", "reason", "detail")
"""Attributes of every event; those that are null are left out. A number is told as text, as JSON has no other types."""


def write_ocel(events: pl.DataFrame, to: Path) -> None:
    """Write events (`EVENT_SCHEMA`) as OCEL 2.0 JSON, oldest first.

    The type of an event is its stage and kind, such as `collect finished`. Objects are the items, whose id is
    `<item type>/<item>` because a key is one within its type only, and the datasets and organisations that items belong
    to. Every event is related to its item, dataset and organisation, with these words as qualifiers.
    """
    kinds = events.select(pl.format("{} {}", "stage", "kind")).to_series().unique().sort()
    attributes = [{"name": name, "type": "integer" if name == "attempt" else "string"} for name in EVENT_ATTRIBUTES]
    objects = find_objects(events)
    types = sorted({*OBJECT_TYPES, *objects["type"].unique()})
    with to.open("wb") as file:
        file.write(b'{"objectTypes":')
        file.write(orjson.dumps([{"name": name, "attributes": []} for name in types]))
        file.write(b',\n"eventTypes":')
        file.write(orjson.dumps([{"name": name, "attributes": attributes} for name in kinds]))
        file.write(b',\n"objects":[\n')
        _write_rows(file, ({**row, "attributes": [], "relationships": []} for row in _rows(objects)))
        file.write(b'],\n"events":[\n')
        _write_rows(file, (_event(row) for row in _rows(events.sort("at", "id"))))
        file.write(b"]}\n")


def find_objects(events: pl.DataFrame) -> pl.DataFrame:
    """The objects that events are about: `id` and `type`, by type and id."""
    items = events.select("item_type", "item").unique()
    named = [
        events.select(item_type=pl.lit(name), item=pl.col(name)).filter(pl.col("item").is_not_null()).unique()
        for name in OBJECT_TYPES
    ]
    every = pl.concat([items, *named]).unique().sort("item_type", "item")
    return every.select(id=pl.format("{}/{}", "item_type", "item"), type="item_type")


def _event(row: dict[str, object]) -> dict[str, object]:
    related = {f"{row['item_type']}/{row['item']}": "item"}
    for name in OBJECT_TYPES:
        if row[name] is not None:
            related.setdefault(f"{name}/{row[name]}", name)
    return {
        "id": row["id"],
        "type": f"{row['stage']} {row['kind']}",
        "time": row["at"],
        "attributes": [{"name": name, "value": row[name]} for name in EVENT_ATTRIBUTES if row[name] is not None],
        "relationships": [{"objectId": key, "qualifier": word} for key, word in related.items()],
    }


def _rows(frame: pl.DataFrame) -> Iterator[dict[str, object]]:
    for part in frame.iter_slices(BLOCK):
        yield from part.to_dicts()


def _write_rows(file: IO[bytes], rows: Iterable[dict[str, object]]) -> None:
    for number, row in enumerate(rows):
        file.write(b",\n" if number else b"")
        file.write(orjson.dumps(row, option=orjson.OPT_UTC_Z))
