"""The event record as an object-centric event log, OCEL 2.0 in SQLite: https://www.ocel-standard.org/2.0/."""

import re
from pathlib import Path
from typing import Final

import polars as pl

from headrace.publish.ocel import EVENT_ATTRIBUTES, OBJECT_TYPES, find_objects
from headrace.publish.sqlite_file import add_table, new_database

BEGINNING: Final = "1970-01-01T00:00:00Z"
"""When the attributes of objects have their first values: as the standard has it."""

EVENT_TYPE: Final = pl.format("{} {}", "stage", "kind")


def write_ocel_sqlite(events: pl.DataFrame, to: Path) -> None:
    """Write events (`EVENT_SCHEMA`) as OCEL 2.0 SQLite; it says what `headrace.publish.ocel.write_ocel` says."""
    typed = events.sort("at", "id").select(pl.all(), ocel_type=EVENT_TYPE)
    objects = find_objects(events).rename({"id": "ocel_id", "type": "ocel_type"})
    with new_database(to) as connection:
        add_table(connection, "event", typed.select(ocel_id="id", ocel_type="ocel_type"), key="ocel_id")
        add_table(connection, "object", objects, key="ocel_id")
        add_table(connection, "event_object", _relations(typed))
        columns = ("ocel_source_id", "ocel_target_id", "ocel_qualifier")
        add_table(connection, "object_object", pl.DataFrame(schema=dict.fromkeys(columns, pl.String)))
        named = (pl.col("id").alias("ocel_id"), pl.col("at").alias("ocel_time"))
        kinds = typed["ocel_type"].unique().sort().to_list()
        add_table(connection, "event_map_type", _names(kinds), key="ocel_type")
        for kind in kinds:
            part = typed.filter(pl.col("ocel_type") == kind)
            add_table(connection, f"event_{_table(kind)}", part.select(*named, *EVENT_ATTRIBUTES))
        types = objects["ocel_type"].unique().sort().to_list()
        add_table(connection, "object_map_type", _names(types), key="ocel_type")
        for name in types:
            first = {"ocel_time": pl.lit(BEGINNING), "ocel_changed_field": pl.lit(None, pl.String)}
            part = objects.filter(pl.col("ocel_type") == name).select("ocel_id", **first)
            add_table(connection, f"object_{_table(name)}", part)


def _relations(events: pl.DataFrame) -> pl.DataFrame:
    """What each event is about: its item, and its dataset and organisation where they are not the item."""
    item = events.select("id", ocel_object_id=pl.format("{}/{}", "item_type", "item"), ocel_qualifier=pl.lit("item"))
    others = [
        events.filter(pl.col(name).is_not_null()).select(
            "id", ocel_object_id=pl.format(f"{name}/{{}}", name), ocel_qualifier=pl.lit(name)
        )
        for name in OBJECT_TYPES
    ]
    every = pl.concat([item, *others]).unique(["id", "ocel_object_id"], keep="first", maintain_order=True)
    return every.select(pl.col("id").alias("ocel_event_id"), "ocel_object_id", "ocel_qualifier")


def _names(types: list[str]) -> pl.DataFrame:
    schema = {"ocel_type": pl.String, "ocel_type_map": pl.String}
    return pl.DataFrame([(each, _table(each)) for each in types], schema=schema, orient="row")


def _table(name: str) -> str:
    """The last part of the name of a type's table."""
    return re.sub(r"\W", "_", name)
