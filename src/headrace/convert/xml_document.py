"""XML: GML, KML, or what a service answers instead."""

import re
from typing import Final
from xml.etree import ElementTree as ET

from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.features import read_features
from headrace.convert.format import Content
from headrace.convert.markup import Root, read_root
from headrace.convert.table import Table
from headrace.model.error import ConversionError

SAYING: Final = frozenset({"ExceptionText", "ServiceException", "Code", "Message"})
"""Elements of an error that are for people; the last two are those of object stores."""

GML: Final = re.compile(rb"opengis\.net/(gml|wfs)")

EXCEPTION_REPORTS: Final = frozenset({"ExceptionReport", "ServiceExceptionReport"})
"""Roots of what OGC services answer when they fail. Source: OGC 06-121r9, clause 8; OGC 06-042, annex E."""

SINGLE_BYTE: Final = frozenset({"cp1252", "mac_roman"})
DECLARED_UTF8: Final = re.compile(rb"<\?xml(?![^>]*encoding)|<\?xml[^>]*encoding\s*=\s*[\"']utf-?8[\"']", re.IGNORECASE)


def read_xml(content: Content, choices: Choices = NO_CHOICES) -> Table:
    """The features of a GML or KML document.

    Raises:
        ConversionError: the document is broken, unsafe, an error message, or of another vocabulary.
    """
    data = _as_declared(content)
    root = read_root(data)
    if root.name == "kml":
        return read_features({".kml": data}, choices)
    if root.name in EXCEPTION_REPORTS or root.name == "Error":
        raise ConversionError(f"The service answered with an error instead of data: {_said(data)}")
    if root.name == "FeatureCollection" or GML.search(data):
        return read_features({".gml": data}, choices)
    raise ConversionError(
        f"The file is XML of a kind that is not read (its root element is {_shown(root)}). Publish GML, KML or a CSV "
        "file."
    )


def _as_declared(content: Content) -> bytes:
    """The bytes, put right where they are not in the UTF-8 that they claim or imply; nothing before the document."""
    text = content.text
    if text is None or text.charset.startswith(("utf_16", "utf_32")):
        return content.data
    utf8 = text.utf8.lstrip()
    if text.charset in SINGLE_BYTE and utf8.startswith(b"<?xml") and not DECLARED_UTF8.match(utf8):
        return content.data.lstrip()
    return utf8


def _said(data: bytes) -> str:
    """What an error document says, without the numbers of requests and hosts."""
    document = ET.fromstring(data)  # noqa: S314 - read_root has refused entities
    said = [
        " ".join(" ".join(element.itertext()).split())
        for element in document.iter()
        if element.tag.rpartition("}")[2] in SAYING
    ]
    return "; ".join(filter(None, said))[:300] or "it gives no reason"


def _shown(root: Root) -> str:
    return f"{root.name!r} of {root.namespace!r}" if root.namespace else repr(root.name)
