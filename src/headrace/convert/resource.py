"""From the bytes of a resource to its cells: recognised by content, read, and every choice told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from headrace.convert.archive import SIGNATURES, Member, open_member
from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.columns import read_parquet
from headrace.convert.delimited import read_delimited
from headrace.convert.delimited_file import HEAD_BYTES, split_delimited_file
from headrace.convert.encoding import Text, decode
from headrace.convert.feature_file import split_feature_file
from headrace.convert.features import read_features
from headrace.convert.file_parts import FileParts
from headrace.convert.format import Content, Format, recognise
from headrace.convert.json_document import read_json
from headrace.convert.json_file import split_json_file
from headrace.convert.not_data import refuse, refuse_page
from headrace.convert.table import Table
from headrace.convert.text_stream import BLOCK_BYTES
from headrace.convert.workbook import read_workbook
from headrace.convert.xml_document import read_xml
from headrace.model.cells import LINE, Cells, Converted, Unconverted
from headrace.model.error import ConversionError

STREAM_BYTES: Final = 1 << 26
"""From this size on, what can be is read in parts and never held whole."""

NO_CELLS: Final = Cells(pl.DataFrame(schema={LINE: pl.UInt32}))

READERS: Final[Mapping[Format, Callable[[Content, Choices], Table]]] = {
    Format.DELIMITED: lambda content, choices: read_delimited(_text(content), choices),
    Format.JSON: lambda content, choices: read_json(_text(content), choices),
    Format.XML: read_xml,
    Format.WORKBOOK: lambda content, choices: read_workbook(content.data, choices),
    Format.SQLITE: lambda content, choices: read_features({".gpkg": content.data}, choices),
    Format.FLATGEOBUF: lambda content, choices: read_features({".fgb": content.data}, choices),
    Format.PARQUET: lambda content, choices: read_parquet(content.data, choices),
    Format.HTML: refuse_page,
    Format.EMPTY: refuse,
    Format.BINARY: refuse,
    Format.PDF: refuse,
    Format.DOCUMENT: refuse,
    Format.IMAGE: refuse,
    Format.COMPRESSED: refuse,
    Format.SHAPES: refuse,
    Format.INTERCHANGE: refuse,
}
"""How each format is read, save archives, which are opened first."""

SPLITTERS: Final = (split_delimited_file, split_json_file, split_feature_file)
"""What reads large files in parts, of which each takes its own."""

PANIC: Final = "PanicException"
"""What a fault inside a library written in Rust is called. It is no `Exception`, and each library has a class of its
own, of the same name; damaged workbooks and shapefiles have caused both."""


def convert(path: Path, choices: Choices = NO_CHOICES) -> Converted | Unconverted:
    """The cells of the resource at the path, or why there are none.

    Names and media types play no part. The file is only read; nothing is written beside it.

    Args:
        path: an existing file.
        choices: what configuration has chosen.

    Returns:
        as `convert_bytes`.
    """
    return convert_bytes(path.read_bytes(), choices)


def convert_bytes(data: bytes, choices: Choices = NO_CHOICES) -> Converted | Unconverted:
    """The cells of a resource, or why there are none; any bytes give one or the other.

    Args:
        data: the resource as it was served.
        choices: what configuration has chosen.
    """
    content = recognise(data)
    try:
        content = _as_chosen(content, choices)
        if content.format is Format.ARCHIVE:
            return _convert_member(content, open_member(data, choices), choices)
        table = READERS[content.format](content, choices)
    except ConversionError as error:
        return Unconverted(str(error), content.mime_type)
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        return Unconverted(f"The {content.format} is damaged and cannot be read. Save it again.", content.mime_type)
    cells = Cells(table.frame, from_workbook=content.format is Format.WORKBOOK)
    decisions = (*content.decisions, *table.decisions)
    return Converted(cells, content.mime_type, decisions=decisions, left_out=table.left_out)


def convert_parts(
    path: Path,
    choices: Choices = NO_CHOICES,
    rows_at_once: int = 100_000,
    stream_bytes: int = STREAM_BYTES,
    block_bytes: int = BLOCK_BYTES,
) -> Unconverted | tuple[Converted, Iterator[Cells]]:
    """The cells of the resource at the path in parts, or why there are none.

    Only the first part holds the header; record numbers go on from one part to the next. No part is narrower than the
    first; one with a longer record is wider. Put together they are the cells that `convert` gives.

    Args:
        path: an existing file; it is read while the parts are.
        choices: what configuration has chosen.
        rows_at_once: at most so many records are in a part.
        stream_bytes: the size from which delimited text in an encoding that extends ASCII, lists of JSON objects, and
            features of one layer in GML, GeoJSON, GeoPackages and FlatGeobuf, are read in bounded memory; anything else
            is converted whole and then cut.
        block_bytes: about how much of a streamed file is in memory at once.

    Returns:
        the conversion, its own cells without any record, and the parts.
    """
    if path.stat().st_size >= stream_bytes:
        streamed = _split(path, choices, rows_at_once, block_bytes)
        if isinstance(streamed, Unconverted):
            return streamed
        if streamed is not None:
            how = Converted(NO_CELLS, streamed.mime_type, decisions=streamed.decisions, left_out=streamed.left_out)
            return how, map(Cells, streamed.frames)
    whole = convert(path, choices)
    if isinstance(whole, Unconverted):
        return whole
    parts = (replace(whole.cells, frame=frame) for frame in whole.cells.frame.iter_slices(rows_at_once))
    return replace(whole, cells=NO_CELLS), parts


def _split(path: Path, choices: Choices, rows_at_once: int, block_bytes: int) -> FileParts | Unconverted | None:
    for split in SPLITTERS:
        try:
            if (parts := split(path, choices, rows_at_once, block_bytes)) is not None:
                return parts
        except ConversionError as error:
            with path.open("rb") as file:
                return Unconverted(str(error), recognise(file.read(HEAD_BYTES)).mime_type)
    return None


def _convert_member(archive: Content, member: Member, choices: Choices) -> Converted:
    suffix, data = next(iter(member.files.items()))
    decisions = (*archive.decisions, member.decision)
    mime_type = member.mime_type
    if suffix in SIGNATURES:
        table = read_features(member.files, choices)
    else:
        content = _as_chosen(recognise(data), choices)
        if content.format is Format.ARCHIVE:
            raise ConversionError("The zip archive holds another archive, which is not opened. Pack the data once.")
        table = READERS[content.format](content, choices)
        decisions += content.decisions
        mime_type = mime_type or content.mime_type
    return Converted(
        Cells(table.frame),
        archive.mime_type,
        internal_path=member.path,
        internal_mime_type=mime_type,
        decisions=decisions + table.decisions,
        left_out=table.left_out,
    )


def _as_chosen(content: Content, choices: Choices) -> Content:
    """The content, decoded as configuration says where it says so."""
    if content.text is None or "encoding" not in choices:
        return content
    text = decode(content.data, choices["encoding"])
    return replace(content, text=text, mime_type=f"{content.mime_type.split(';')[0]};charset={text.charset}")


def _text(content: Content) -> Text:
    if content.text is None:
        raise TypeError(f"{content.format} has no text; only recognise() makes contents, and it decodes those that do")
    return content.text
