"""Geographic files: features with a geometry and attributes, of every layer."""

import os
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from headrace.convert import attribute, well_known_text
from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.gdal import load_gdal
from headrace.convert.table import Table
from headrace.model.cells import LINE, Decision
from headrace.model.error import ConversionError

GEOMETRY: Final = "WKT"
"""Name of the column of geometry, the first of a table."""

STEM: Final = "resource"

UNNAMED_GEOMETRY: Final = "wkb_geometry"
"""What GDAL's Arrow stream calls a geometry that has no name."""

_SHAPES: Final = "\0geometry"
"""Key of the geometry while layers are merged: no attribute can have it."""


def read_features(files: Mapping[str, bytes], choices: Choices = NO_CHOICES) -> Table:
    """The features of all layers, one below the other, in the columns that a conversion to CSV by GDAL gives.

    First `WKT`, in the coordinates of the file (none are transformed), then the attributes of every layer in the order
    in which they are first met. The header is record 1.

    Args:
        files: suffix → bytes of a file and of those that belong to it; the first is the one to open:
            `{".shp": …, ".dbf": …}`. They are written to a private folder, because readers leave indexes and schemas
            beside a file, and believe those they find there.

    Raises:
        ConversionError: GDAL cannot read it.
    """
    gdal = load_gdal()
    with tempfile.TemporaryDirectory(prefix="headrace-") as folder:
        for suffix, data in files.items():
            (Path(folder) / f"{STEM}{suffix}").write_bytes(data)
        path = str(Path(folder) / f"{STEM}{next(iter(files))}")
        try:
            # What GDAL only warns of (an unknown CRS, a field cut short) does not stop a reader of text.
            with warnings.catch_warnings(action="ignore"):
                layers = [str(name) for name, _ in gdal.list_layers(path)]
                frames = [_read_layer(path, layer) for layer in layers]
        except Exception as error:
            # Of damaged files the binding raises errors of any kind, its own slips (UnboundLocalError) among them.
            said = " ".join(str(error).replace(f"{folder}{os.sep}", "").replace(STEM, "it").split())
            raise ConversionError(f"The geographic file cannot be read: {said[:300]}") from error
    return Table(_merge(frames), (_layer_decision(layers),))


def _layer_decision(layers: list[str]) -> Decision:
    if not layers:
        return Decision("layer", "none", "the file has no features, and says nothing of their columns")
    if len(layers) == 1:
        return Decision("layer", "the only one" if layers[0] == STEM else layers[0], "the file has no other")
    return Decision("layer", ", ".join(layers), f"all {len(layers)} layers were put one below the other")


def _read_layer(path: str, layer: str) -> pl.DataFrame:
    """Text columns named as the attributes, and the geometry under `_SHAPES` where the layer has one."""
    from pyogrio.raw import open_arrow, read

    with open_arrow(path, layer=layer, datetime_as_string=True) as (meta, stream):
        arrow = pl.DataFrame(stream)
    types = dict(zip(meta["fields"], meta["ogr_types"], strict=True))
    columns = [attribute.to_text(arrow[name], types[name]).rename(name) for name in meta["fields"]]
    shapes = meta["geometry_name"] or UNNAMED_GEOMETRY
    if shapes in arrow.columns:
        wkb = arrow[shapes].ext.storage()
        if well_known_text.holds_curves(wkb):
            # The Arrow stream keeps arcs; the other way of reading turns them into short lines.
            wkb = pl.Series(read(path, layer=layer, columns=[])[2], dtype=pl.Binary)
        columns.insert(0, well_known_text.to_text(wkb).rename(_SHAPES))
    return pl.DataFrame(columns)


def _merge(frames: list[pl.DataFrame]) -> pl.DataFrame:
    merged = pl.concat(frames, how="diagonal") if frames else pl.DataFrame({_SHAPES: []}, schema={_SHAPES: pl.String})
    if _SHAPES in merged.columns:
        merged = merged.select(_SHAPES, pl.exclude(_SHAPES))
    names = [GEOMETRY if name == _SHAPES else name for name in merged.columns]
    positions = [str(position) for position in range(len(names))]
    header = pl.DataFrame([names], schema=dict.fromkeys(positions, pl.String), orient="row")
    body = merged.rename(dict(zip(merged.columns, positions, strict=True)))
    return pl.concat([header, body]).with_columns(pl.all().replace("", None)).with_row_index(LINE, offset=1)
