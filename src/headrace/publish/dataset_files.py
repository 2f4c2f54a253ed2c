"""The files of one dataset: which there are, and how each is written."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from headrace.publish.entity_csv import write_entity_csv
from headrace.publish.geojson import write_geojson
from headrace.publish.geoparquet import write_geoparquet
from headrace.publish.ndjson import write_ndjson
from headrace.publish.sqlite import write_dataset_sqlite

Writer = Callable[[Path], None]


def dataset_writers(dataset: str, tables: Mapping[str, pl.DataFrame], fields: Sequence[str] = ()) -> dict[str, Writer]:
    """What writes each file, by the name it is published under.

    Args:
        dataset: its name.
        tables: a frame for every table of `DATASET_TABLES`; a table that is left out is empty, but `entity` is needed.
        fields: the fields of the specification, which the CSV has as columns even where no entity has a value.
    """
    entity = tables["entity"]
    return {
        f"dataset/{dataset}.sqlite3": lambda to: write_dataset_sqlite(tables, to),
        f"dataset/{dataset}.csv": lambda to: write_entity_csv(entity, to, fields),
        f"dataset/{dataset}.geojson": lambda to: write_geojson(entity, to),
        f"dataset/{dataset}.ndjson": lambda to: write_ndjson(entity, to),
        f"dataset/{dataset}.parquet": lambda to: write_geoparquet(entity, to),
    }
