"""A file of features, read in memory that does not grow with it: GML, GeoJSON, GeoPackage and FlatGeobuf.

Not KML: its reader holds all of it.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import polars as pl

from headrace.convert.choices import Choices
from headrace.convert.encoding import Text, find_encoding
from headrace.convert.features import SEVERAL, STEM, Layer, names_of, split_features, unreadable
from headrace.convert.file_parts import FileParts
from headrace.convert.format import Format, format_decision, recognise, recognise_text
from headrace.convert.gdal import load_gdal
from headrace.convert.json_document import NEAR_BYTES, is_feature_collection, limit_decision
from headrace.convert.markup import read_root_of_blocks
from headrace.convert.table import following_records, frame_of_columns
from headrace.convert.text_stream import CountedBlocks
from headrace.convert.xml_document import GML
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

HEAD_BYTES: Final = 1 << 16
"""How much of a file is looked at to recognise its format."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a file is: the suffix that its reader goes by, its media type, and what was decided so far."""

    suffix: str
    mime_type: str
    decisions: tuple[Decision, ...]


def split_feature_file(path: Path, choices: Choices, rows_at_once: int, block_bytes: int) -> FileParts | None:
    """The table of a file of features in parts; None where the file has to be read whole.

    Read whole are files with several layers, and texts that have to be put right before a reader takes them: in another
    encoding than they say, or with NULs or blanks before the document.

    Args:
        path: an existing file; it is read while the parts are, and nothing is written beside it.
        choices: what configuration says of `crs` and `axis-order`; one of `layer` or `encoding` has it read whole.
        rows_at_once: at most so many records are in a part.
        block_bytes: about how much of the file is in memory at once.

    Raises:
        ConversionError: it is broken, or a choice cannot be followed.
    """
    kind = _recognise(path, choices, block_bytes)
    if kind is None:
        return None
    load_gdal()
    layers = _layers(path, kind.suffix, choices, rows_at_once, block_bytes)
    with warnings.catch_warnings(action="ignore"):
        warnings.filterwarnings("error", message=SEVERAL)
        try:
            first = next(layers, None)
        except UserWarning:
            return None
    if first is None:
        return None
    decisions = (*kind.decisions, *first.decisions, *_limit(path, kind))
    return FileParts(kind.mime_type, decisions, _numbered(chain((first,), layers), rows_at_once))


def _recognise(path: Path, choices: Choices, block_bytes: int) -> _Kind | None:
    with path.open("rb") as file:
        beginning = file.read(HEAD_BYTES)
    content = recognise(beginning)
    if content.format is Format.SQLITE:
        return _Kind(".gpkg", content.mime_type, content.decisions) if "layer" not in choices else None
    if content.format is Format.FLATGEOBUF:
        return _Kind(".fgb", content.mime_type, content.decisions) if "layer" not in choices else None
    if content.format not in (Format.XML, Format.JSON) or {"layer", "encoding"} & set(choices):
        return None
    blocks = CountedBlocks(path, block_bytes)
    encoding = find_encoding(blocks)
    if not encoding.proven or encoding.mark or blocks.nuls or beginning[:1] not in (b"<", b"{"):
        return None
    mime_type = recognise_text(beginning, Text(beginning, encoding.charset, ())).mime_type
    decisions = (format_decision(content.format), encoding.decision)
    if content.format is Format.JSON:
        return _Kind(".geojson", mime_type, decisions) if is_feature_collection(*_ends(path)) else None
    root = read_root_of_blocks(blocks())
    is_gml = root.name == "FeatureCollection" or GML.search(beginning)
    return _Kind(".gml", mime_type, decisions) if is_gml and root.name != "kml" else None


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        beginning = file.read(NEAR_BYTES)
        file.seek(-min(NEAR_BYTES, path.stat().st_size), os.SEEK_END)
        return beginning, file.read()


def _limit(path: Path, kind: _Kind) -> tuple[Decision, ...]:
    return limit_decision(*_ends(path), "not all features") if kind.suffix == ".geojson" else ()


def _layers(path: Path, suffix: str, choices: Choices, rows_at_once: int, block_bytes: int) -> Iterator[Layer]:
    """The layer in parts, by way of a private folder, because readers leave indexes and schemas beside a file."""
    with tempfile.TemporaryDirectory(prefix="headrace-") as folder:
        inside = Path(folder) / f"{STEM}{suffix}"
        if suffix == ".gpkg":
            shutil.copyfile(path, inside)  # A database that is written to finds its way through a link.
        else:
            inside.symlink_to(path.resolve())
        try:
            yield from split_features(str(inside), choices, rows_at_once, block_bytes)
        except (ConversionError, UserWarning):
            raise
        except Exception as error:
            raise unreadable(error, folder) from error


def _numbered(layers: Iterator[Layer], rows_at_once: int) -> Iterator[pl.DataFrame]:
    line = 1
    for layer in layers:
        if line == 1:
            frame = frame_of_columns(names_of(layer.frame), layer.frame)
        else:
            frame = following_records(layer.frame, line)
        line += frame.height
        yield from frame.iter_slices(rows_at_once)
