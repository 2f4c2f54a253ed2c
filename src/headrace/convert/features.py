"""Geographic files: features with a geometry and attributes, of every layer."""

import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from headrace.convert import attribute, well_known_text
from headrace.convert.arrow_stream import read_batches
from headrace.convert.choices import CONFIGURED, NO_CHOICES, Choices
from headrace.convert.gdal import load_gdal
from headrace.convert.reference_system import Placement, decide_placement
from headrace.convert.table import Table, frame_of_columns, gather
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

STEM: Final = "resource"

ONLY: Final = "the only one"
THE_ONLY: Final = Decision("layer", ONLY, "the file has no other")

PARSED: Final = (".geojson", ".json", ".gml", ".kml")
"""Suffixes of text: to say which layers it has GDAL reads it all, and then again for its features."""

SEVERAL: Final = "More than one layer"
"""How the binding begins to warn when it takes the first of several layers."""

UNNAMED_GEOMETRY: Final = "wkb_geometry"
"""What GDAL's Arrow stream calls a geometry that has no name."""

FEW_ROWS: Final = 1000
"""Features that are read at once, before it is known how large they are."""

_SHAPES: Final = "\0geometry"
"""Key of the geometry while layers are merged: no attribute can have it."""


def read_features(files: Mapping[str, bytes], choices: Choices = NO_CHOICES) -> Table:
    """The features of all layers, one below the other, in the columns that a conversion to CSV by GDAL gives.

    First `WKT`, in the coordinates of the file unless those are of a reference system that is only read here, then the
    attributes of every layer in the order in which they are first met. The header is record 1.

    Args:
        files: suffix → bytes of a file and of those that belong to it; the first is the one to open:
            `{".shp": …, ".dbf": …}`. They are written to a private folder, because readers leave indexes and schemas
            beside a file, and believe those they find there.
        choices: what configuration says of `layer` (names with `;` between them), `crs` and `axis-order`.

    Raises:
        ConversionError: GDAL cannot read it, or a choice cannot be followed.
    """
    load_gdal()
    with tempfile.TemporaryDirectory(prefix="headrace-") as folder:
        for suffix, data in files.items():
            (Path(folder) / f"{STEM}{suffix}").write_bytes(data)
        path = str(Path(folder) / f"{STEM}{next(iter(files))}")
        try:
            # What GDAL only warns of (an unknown CRS, a field cut short) does not stop a reader of text.
            with warnings.catch_warnings(action="ignore"):
                layers, about_layers = _read_layers(path, choices)
        except ConversionError:
            raise
        except Exception as error:
            # Of damaged files the binding raises errors of any kind, its own slips (UnboundLocalError) among them.
            raise unreadable(error, folder) from error
    decisions = dict.fromkeys((about_layers, *(made for layer in layers for made in layer.decisions)))
    return Table(_merge([layer.frame for layer in layers]), tuple(decisions))


def unreadable(error: Exception, folder: str) -> ConversionError:
    """What to say of a file that GDAL cannot read, without the names of the private copy."""
    said = " ".join(str(error).replace(f"{folder}{os.sep}", "").replace(STEM, "it").split())
    return ConversionError(f"The geographic file cannot be read: {said[:300]}")


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, or a part of one.

    Attributes:
        frame: text columns named as the attributes, the geometry under `_SHAPES` where there is one.
        decisions: what was decided about its coordinates; of a part, also about layers.
    """

    frame: pl.DataFrame
    decisions: tuple[Decision, ...]


def _read_layers(path: str, choices: Choices) -> tuple[list[Layer], Decision]:
    """The layers to read; what has to be parsed to know its layers is read at once, in case it has only one."""
    from pyogrio import list_layers

    if "layer" not in choices and path.endswith(PARSED) and (alone := _read_alone(path, choices)) is not None:
        return [alone], THE_ONLY
    names, decision = _choose_layers([str(name) for name, _ in list_layers(path)], choices)
    return [_read_layer(path, name, choices) for name in names], decision


def _read_alone(path: str, choices: Choices) -> Layer | None:
    """The layer of a file that has no other."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=SEVERAL)
        try:
            return _read_layer(path, None, choices)
        except (UserWarning, IndexError):
            return None  # There are several, or none at all.


def _choose_layers(found: list[str], choices: Choices) -> tuple[list[str], Decision]:
    if (chosen := choices.get("layer")) is not None:
        names = [name.strip() for name in chosen.split(";")]
        if not set(names) <= set(found):
            raise ConversionError(f"The configuration chooses the layer {chosen!r} of a file with {', '.join(found)}.")
        return names, Decision("layer", ", ".join(names), CONFIGURED)
    if not found:
        return found, Decision("layer", "none", "the file has no features, and says nothing of their columns")
    if len(found) == 1:
        return found, Decision("layer", ONLY if found[0] == STEM else found[0], "the file has no other")
    reason = f"all {len(found)} layers were put one below the other"
    return found, Decision("layer", ", ".join(found), reason, "likely")


def _read_layer(path: str, layer: str | None, choices: Choices) -> Layer:
    from pyogrio.raw import open_arrow, read

    with open_arrow(path, layer=layer, datetime_as_string=True) as (meta, stream):
        arrow = pl.DataFrame(stream)
    attributes = _texts(arrow, meta)
    if (wkb := _well_known_binary(arrow, meta)) is None:
        return Layer(attributes, ())
    if well_known_text.holds_curves(wkb):
        # The Arrow stream keeps arcs; the other way of reading turns them into short lines.
        wkb = pl.Series(read(path, layer=layer, columns=[])[2], dtype=pl.Binary)
    geometries = well_known_text.read(wkb)
    placement = decide_placement(_named_system(path, meta["crs"]), geometries, choices)
    return Layer(_with_shapes(attributes, placement.place(geometries)), placement.decisions)


def split_features(path: str, choices: Choices, rows_at_once: int, bytes_at_once: int) -> Iterator[Layer]:
    """The features of a file with one layer, in parts that together are the layer that is read at once.

    The reference system is decided by the first part. There is none where the file has no features, or several layers.

    Args:
        path: of a file in a folder of its own.
        choices: as for `read_features`.
        rows_at_once: at most so many features are in a part.
        bytes_at_once: about how many bytes of them.

    Raises:
        ConversionError: a choice cannot be followed.
        Exception: of any kind, where GDAL cannot read it.
    """
    from pyogrio.raw import open_arrow, read

    about_layer = _about_only_layer(path)
    placement: Placement | None = None
    taken = 0
    with open_arrow(path, batch_size=min(rows_at_once, FEW_ROWS), datetime_as_string=True) as (meta, stream):
        for arrow in gather(read_batches(stream), rows_at_once, bytes_at_once):
            attributes = _texts(arrow, meta)
            wkb = _well_known_binary(arrow, meta)
            if wkb is not None and well_known_text.holds_curves(wkb):
                linear = read(path, columns=[], skip_features=taken, max_features=arrow.height)
                wkb = pl.Series(linear[2], dtype=pl.Binary)
            taken += arrow.height
            if wkb is None:
                yield Layer(attributes, (about_layer,))
                continue
            geometries = well_known_text.read(wkb)
            placement = placement or decide_placement(_named_system(path, meta["crs"]), geometries, choices)
            yield Layer(_with_shapes(attributes, placement.place(geometries)), (about_layer, *placement.decisions))


def _about_only_layer(path: str) -> Decision:
    from pyogrio import list_layers

    if path.endswith(PARSED):
        return THE_ONLY
    return _choose_layers([str(name) for name, _ in list_layers(path)], NO_CHOICES)[1]


def _texts(arrow: pl.DataFrame, meta: Mapping[str, Any]) -> pl.DataFrame:  # Any: as the binding describes a layer
    types = zip(meta["fields"], meta["ogr_types"], strict=True)
    return pl.DataFrame([attribute.to_text(arrow[name], ogr_type).rename(name) for name, ogr_type in types])


def _well_known_binary(arrow: pl.DataFrame, meta: Mapping[str, Any]) -> pl.Series | None:
    shapes = meta["geometry_name"] or UNNAMED_GEOMETRY
    return arrow[shapes].ext.storage() if shapes in arrow.columns else None


def _with_shapes(attributes: pl.DataFrame, geometries: NDArray[np.object_]) -> pl.DataFrame:
    return pl.DataFrame([well_known_text.write(geometries).rename(_SHAPES), *attributes])


def _named_system(path: str, crs: str | None) -> str | None:
    """The CRS as the file names it: GDAL says WGS 84 of GeoJSON that names none."""
    if not path.endswith((".geojson", ".json")):
        return crs
    with Path(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as document:
        return crs if document.find(b'"crs"') >= 0 or document.find(b'"spatialReference"') >= 0 else None


def names_of(layer: pl.DataFrame) -> list[str]:
    """What the columns of a layer are called in its table."""
    return [well_known_text.COLUMN if name == _SHAPES else name for name in layer.columns]


def _merge(frames: list[pl.DataFrame]) -> pl.DataFrame:
    merged = pl.concat(frames, how="diagonal") if frames else pl.DataFrame({_SHAPES: []}, schema={_SHAPES: pl.String})
    if _SHAPES in merged.columns:
        merged = merged.select(_SHAPES, pl.exclude(_SHAPES))
    return frame_of_columns(names_of(merged), merged)
