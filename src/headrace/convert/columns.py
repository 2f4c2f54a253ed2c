"""Parquet, with geometry (GeoParquet) or without."""

import io
import json
from typing import Any, Final

import polars as pl

from headrace.convert import attribute, well_known_text
from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.reference_system import decide_placement
from headrace.convert.table import Table, frame_of_columns
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

DEGREES: Final = "EPSG:4326"
"""The system of a geometry of which nothing else is said. Source: GeoParquet 1.1.0, "crs" of the column metadata."""


def read_parquet(data: bytes, choices: Choices = NO_CHOICES) -> Table:
    """The table of a Parquet file: its geometry first, as well-known text under `WKT`, then the other columns.

    Dates and moments are ISO; lists and structures are JSON; everything else is as in other geographic files.

    Args:
        data: the file.
        choices: what configuration says of `crs` and `axis-order`.

    Raises:
        ConversionError: the file is broken, its geometry is not well-known binary, or a choice cannot be followed.
    """
    try:
        frame = pl.read_parquet(io.BytesIO(data))
        said = pl.read_parquet_metadata(io.BytesIO(data)).get("geo")
        geographic = json.loads(said) if said else {}
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise ConversionError(f"The Parquet file cannot be read: {' '.join(str(error).split())[:300]}") from error
    texts = pl.DataFrame([_to_text(frame[name]).alias(name) for name in frame.columns])
    name, system = _geometry_of(geographic)
    if name not in frame.columns:
        return Table(frame_of_columns(texts.columns, texts))
    if frame[name].dtype != pl.Binary:
        raise ConversionError(
            f"The geometry in the column {name!r} of the Parquet file is not well-known binary. Write it as WKB."
        )
    geometries = well_known_text.read(frame[name])
    placement = decide_placement(system, geometries, choices)
    shapes = well_known_text.write(placement.place(geometries))
    texts = texts.drop(name).insert_column(0, shapes.alias("\0geometry"))
    decisions = (Decision("layer", name, "the file says that it holds the geometry"), *placement.decisions)
    return Table(frame_of_columns([well_known_text.COLUMN, *texts.columns[1:]], texts), decisions)


def _geometry_of(geographic: Any) -> tuple[str, str | None]:  # Any: JSON that a publisher wrote
    """The column of the geometry, "" where there is none, and its reference system, None where it is not known."""
    try:
        name = str(geographic["primary_column"])
        crs = geographic["columns"][name].get("crs", DEGREES)
    except (KeyError, TypeError, AttributeError):
        return "", None
    try:
        return name, f"{crs['id']['authority']}:{crs['id']['code']}"
    except (KeyError, TypeError):
        return name, crs if crs is None or isinstance(crs, str) else json.dumps(crs)


def _to_text(values: pl.Series) -> pl.Series:
    if isinstance(values.dtype, pl.Datetime):
        offset = "%:z" if values.dtype.time_zone else ""
        return values.dt.strftime(f"%Y-%m-%dT%H:%M:%S{offset}")
    if isinstance(values.dtype, pl.Struct):
        return values.struct.json_encode()
    if values.dtype == pl.Date:
        return values.cast(pl.String)
    return attribute.to_text(values, "")
