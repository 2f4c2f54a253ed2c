from collections.abc import Callable

import polars as pl
import pytest

from headrace.convert.format import recognise
from headrace.convert.xml_document import read_xml
from headrace.model.error import ConversionError

KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Café</name>'
    "<Point><coordinates>-0.1,51.5</coordinates></Point></Placemark></Document></kml>"
)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception>'
            b"<ows:ExceptionText>No such layer</ows:ExceptionText></ows:Exception></ows:ExceptionReport>",
            "answered with an error instead of data: No such layer$",
        ),
        (
            b"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>Access Denied</Message>"
            b"<RequestId>1</RequestId></Error>",
            "answered with an error instead of data: AccessDenied; Access Denied$",
        ),
        (b"<ServiceExceptionReport/>", "it gives no reason"),
        (b"<rss><channel/></rss>", "of a kind that is not read .its root element is 'rss'"),
        (b"<OGRVRTDataSource/>", "of a kind that is not read"),
        (b"<!DOCTYPE kml [<!ENTITY x 'y'>]><kml/>", "declares entities"),
    ],
    ids=["OGC", "object store", "without a reason", "a feed", "a virtual file of GDAL", "entities"],
)
def test_xml_that_is_not_features_is_refused(document: bytes, reason: str) -> None:
    """What a service says is in the reason."""
    with pytest.raises(ConversionError, match=reason):
        read_xml(recognise(document))


@pytest.mark.parametrize(
    "document",
    [
        KML.encode("utf-8"),
        b"\r\n" + KML.encode("utf-8"),
        b"\xef\xbb\xbf" + KML.encode("utf-8"),
        KML.encode("utf-16"),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + KML.encode("latin-1"),
        b'<?xml version="1.0" encoding="UTF-8"?>' + KML.encode("cp1252"),
        KML.encode("cp1252"),
    ],
    ids=[
        "UTF-8",
        "after a line break",
        "after a mark",
        "UTF-16",
        "latin-1",
        "cp1252 said to be UTF-8",
        "cp1252 unsaid",
    ],
)
def test_the_encoding_is_the_one_declared_or_else_the_one_found(
    document: bytes, rows: Callable[[pl.DataFrame], list[tuple[str | None, ...]]]
) -> None:
    """A name with an accent arrives in every encoding."""
    header, first = rows(read_xml(recognise(document)).frame)
    assert dict(zip(header, first, strict=True))["Name"] == "Café"
