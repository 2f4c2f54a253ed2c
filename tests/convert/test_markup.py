import pytest

from headrace.convert.markup import Root, read_root
from headrace.model.error import ConversionError


def test_the_root_is_given_with_its_namespace() -> None:
    """Without its prefix."""
    document = b'<?xml version="1.0"?><!-- x --><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs"/>'
    assert Root("FeatureCollection", "http://www.opengis.net/wfs") == read_root(document)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "declares entities"),
        (b'<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>', "declares entities"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "document type kept elsewhere"),
        (b"<a><b></a>", "broken"),
        (b"<a><b>text", "broken"),
        (b'<?xml version="1.0" encoding="x-none"?><a/>', "broken"),
        (b"<a>\xff</a>", "broken"),
        (b"<!-- nothing -->", "broken"),
    ],
)
def test_what_is_unsafe_or_broken_is_refused(document: bytes, reason: str) -> None:
    """The reason says which of the two it is."""
    with pytest.raises(ConversionError, match=reason):
        read_root(document)
