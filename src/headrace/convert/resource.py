"""From the bytes of a resource to its cells: recognised by content, read, and every choice told."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from headrace.convert.archive import SIGNATURES, Member, open_member
from headrace.convert.delimited import read_delimited
from headrace.convert.encoding import Text
from headrace.convert.features import read_features
from headrace.convert.format import Content, Format, recognise
from headrace.convert.json_document import read_json
from headrace.convert.not_data import refuse, refuse_page
from headrace.convert.table import Table
from headrace.convert.workbook import read_workbook
from headrace.convert.xml_document import read_xml
from headrace.model.cells import Cells, Converted, Unconverted
from headrace.model.error import ConversionError

READERS: Final[Mapping[Format, Callable[[Content], Table]]] = {
    Format.DELIMITED: lambda content: read_delimited(_text(content)),
    Format.JSON: lambda content: read_json(_text(content)),
    Format.XML: read_xml,
    Format.WORKBOOK: lambda content: read_workbook(content.data),
    Format.SQLITE: lambda content: read_features({".gpkg": content.data}),
    Format.HTML: refuse_page,
    Format.EMPTY: refuse,
    Format.BINARY: refuse,
    Format.PDF: refuse,
    Format.DOCUMENT: refuse,
    Format.IMAGE: refuse,
    Format.COMPRESSED: refuse,
    Format.COLUMNS: refuse,
}
"""How each format is read, save archives, which are opened first."""

PANIC: Final = "PanicException"
"""What a fault inside a library written in Rust is called. It is no `Exception`, and each library has a class of its
own, of the same name; damaged workbooks and shapefiles have caused both."""


def convert(path: Path) -> Converted | Unconverted:
    """The cells of the resource at the path, or why there are none.

    Names and media types play no part. The file is only read; nothing is written beside it.

    Args:
        path: an existing file.

    Returns:
        as `convert_bytes`.
    """
    return convert_bytes(path.read_bytes())


def convert_bytes(data: bytes) -> Converted | Unconverted:
    """The cells of a resource, or why there are none; any bytes give one or the other.

    Args:
        data: the resource as it was served.
    """
    content = recognise(data)
    try:
        if content.format is Format.ARCHIVE:
            return _convert_member(content, open_member(data))
        table = READERS[content.format](content)
    except ConversionError as error:
        return Unconverted(str(error), content.mime_type)
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        return Unconverted(f"The {content.format} is damaged and cannot be read. Save it again.", content.mime_type)
    return Converted(Cells(table.frame), content.mime_type, decisions=(*content.decisions, *table.decisions))


def _convert_member(archive: Content, member: Member) -> Converted:
    suffix, data = next(iter(member.files.items()))
    decisions = (*archive.decisions, member.decision)
    mime_type = member.mime_type
    if suffix in SIGNATURES:
        table = read_features(member.files)
    else:
        content = recognise(data)
        if content.format is Format.ARCHIVE:
            raise ConversionError("The zip archive holds another archive, which is not opened. Pack the data once.")
        table = READERS[content.format](content)
        decisions += content.decisions
        mime_type = mime_type or content.mime_type
    return Converted(
        Cells(table.frame),
        archive.mime_type,
        internal_path=member.path,
        internal_mime_type=mime_type,
        decisions=decisions + table.decisions,
    )


def _text(content: Content) -> Text:
    if content.text is None:
        raise TypeError(f"{content.format} has no text; only recognise() makes contents, and it decodes those that do")
    return content.text
