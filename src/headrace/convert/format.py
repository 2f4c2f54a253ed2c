"""The format of a resource, recognised by its content: names and media types as served are often wrong."""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from headrace.convert.encoding import Text, decode
from headrace.model.cells import Decision


class Format(StrEnum):
    """What the bytes are, as far as choosing how to read them goes."""

    EMPTY = "empty file"
    BINARY = "binary file"
    PDF = "PDF"
    DOCUMENT = "word processor document"
    IMAGE = "image"
    COMPRESSED = "compressed file"
    SHAPES = "shapefile without its attributes"
    INTERCHANGE = "MapInfo interchange file without its attributes"
    PARQUET = "Parquet"
    FLATGEOBUF = "FlatGeobuf"
    WORKBOOK = "workbook"
    ARCHIVE = "zip archive"
    SQLITE = "SQLite database"
    HTML = "web page"
    XML = "XML"
    JSON = "JSON"
    DELIMITED = "delimited text"


SIGNATURES: Final = (
    (b"%PDF", Format.PDF, "application/pdf"),
    (b"SQLite format 3\0", Format.SQLITE, "application/geopackage+sqlite3"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.WORKBOOK, "application/vnd.ms-excel"),
    (b"{\\rtf", Format.DOCUMENT, "application/rtf"),
    (b"\x89PNG", Format.IMAGE, "image/png"),
    (b"\xff\xd8\xff", Format.IMAGE, "image/jpeg"),
    (b"GIF8", Format.IMAGE, "image/gif"),
    (b"\x1f\x8b", Format.COMPRESSED, "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", Format.COMPRESSED, "application/x-7z-compressed"),
    (b"Rar!", Format.COMPRESSED, "application/vnd.rar"),
    (b"PAR1", Format.PARQUET, "application/vnd.apache.parquet"),
    (b"fgb\x03", Format.FLATGEOBUF, "application/flatgeobuf"),
    (b"\0\0\x27\x0a\0\0\0\0", Format.SHAPES, "x-gis/x-shapefile"),
)

ZIP_SIGNATURES: Final = (b"PK\x03\x04", b"PK\x05\x06")
WORKBOOK_PARTS: Final = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
DOCUMENT_PARTS: Final = frozenset({"word/document.xml", "ppt/presentation.xml"})

BLANK: Final = b"\0 \t\r\n\x0c\x1a"
HEAD_BYTES: Final = 4096
CONTROL_SHARE: Final = 0.05
"""Share of control characters from which on a text is taken for something else."""

CONTROL: Final = re.compile(rb"[\x01-\x08\x0b\x0e-\x19\x1b-\x1f]")
HTML: Final = re.compile(
    rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|div|p|br|h1)[\s>/]",
    re.DOTALL | re.IGNORECASE,
)
XML: Final = re.compile(rb"<[?!A-Za-z_]")
INTERCHANGE: Final = re.compile(rb"version\s+\d+\s+charset\s", re.IGNORECASE)
JSON: Final = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\"\]\d-]")

XML_CHARSET: Final = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")
HTML_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([\w.-]+)", re.IGNORECASE)
CHARSET_NAMES: Final = {"iso_8859_1": "latin_1", "iso8859_1": "latin_1", "windows_1252": "cp1252", "us_ascii": "ascii"}


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a resource, recognised.

    Attributes:
        data: the bytes as they were served.
        format: what they are.
        mime_type: their media type, with `;charset=` where they are text.
        text: the decoded text; None where the format is not text.
    """

    data: bytes
    format: Format
    mime_type: str
    text: Text | None = None

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was recognised, and why."""
        return (format_decision(self.format), *(self.text.decisions if self.text else ()))


def format_decision(found: Format) -> Decision:
    """What to say of the format."""
    return Decision("format", found.value, "recognised by its content")


def recognise(data: bytes) -> Content:
    """The bytes with their format, media type and, for text, encoding; any bytes have one."""
    for signature, found, mime_type in SIGNATURES:
        if data.startswith(signature):
            return Content(data, found, mime_type)
    if data.startswith(ZIP_SIGNATURES):
        return _zipped(data)
    if not data[:HEAD_BYTES].strip(BLANK) and not data.strip(BLANK):
        return Content(data, Format.EMPTY, "application/x-empty")
    text = decode(data)
    head = text.utf8[:HEAD_BYTES]
    if len(CONTROL.findall(head)) > CONTROL_SHARE * len(head):
        return Content(data, Format.BINARY, "application/octet-stream")
    return recognise_text(data, text)


def _zipped(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        parts = frozenset()
    if parts & WORKBOOK_PARTS:
        return Content(data, Format.WORKBOOK, "application/vnd.ms-excel")
    if parts & DOCUMENT_PARTS:
        return Content(data, Format.DOCUMENT, "application/vnd.openxmlformats-officedocument")
    return Content(data, Format.ARCHIVE, "application/zip")


def recognise_text(data: bytes, text: Text) -> Content:
    """The bytes with the format and media type of the text that they are."""
    head = text.utf8[:HEAD_BYTES].lstrip()
    if HTML.match(head):
        return Content(data, Format.HTML, f"text/html;charset={_declared(HTML_CHARSET, head) or text.charset}", text)
    if XML.match(head):
        return Content(
            data, Format.XML, f"application/xml;charset={_declared(XML_CHARSET, head) or text.charset}", text
        )
    if INTERCHANGE.match(head):
        return Content(data, Format.INTERCHANGE, f"x-gis/x-mapinfo-mif;charset={text.charset}", text)
    if JSON.match(head):
        return Content(data, Format.JSON, f"application/json;charset={text.charset}", text)
    return Content(data, Format.DELIMITED, f"text/csv;charset={text.charset}", text)


def _declared(pattern: re.Pattern[bytes], head: bytes) -> str | None:
    declared = pattern.search(head)
    if declared is None:
        return None
    name = declared[1].decode().lower().replace("-", "_")
    return CHARSET_NAMES.get(name, name)
