"""A dataset as CSV, for people with a spreadsheet: one row an entity, one column a field."""

from collections.abc import Sequence
from pathlib import Path

import orjson
import polars as pl

from headrace.model.dataset_tables import DATASET_TABLES
from headrace.publish.document import read_json


def write_entity_csv(entity: pl.DataFrame, to: Path, fields: Sequence[str] = ()) -> None:
    """Write the entities as `flatten_entities` gives them."""
    flatten_entities(entity, fields).write_csv(to, line_terminator="\n")


def flatten_entities(entity: pl.DataFrame, fields: Sequence[str] = ()) -> pl.DataFrame:
    """The entities with kebab-case column names, by entity.

    First the columns of the `entity` table but `geojson` and `json`, then, sorted, the fields found in `json` and
    those of `fields`, which are there even where no entity has a value.
    """
    ordered = entity.sort("entity")
    said = list(read_json(ordered))
    columns = [name for name in DATASET_TABLES["entity"].names() if name not in ("geojson", "json")]
    plain = ordered.select(pl.col(name).alias(name.replace("_", "-")) for name in columns)
    more = sorted({*fields}.union(*said) - set(plain.columns))
    return plain.with_columns(pl.Series(field, [_text(row.get(field)) for row in said], pl.String) for field in more)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()
