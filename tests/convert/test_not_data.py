import pytest

from headrace.convert.format import Format, recognise
from headrace.convert.not_data import REASONS, refuse, refuse_page
from headrace.convert.resource import READERS
from headrace.model.error import ConversionError


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"{\\rtf1", "word processor document"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"\0\0\x27\x0a" + bytes(96), "without its other parts"),
        (b'Version 300\nCharset "WindowsLatin1"\n', "without its MID file"),
        (b"\x01\x02\x03\x04", "binary"),
    ],
)
def test_what_is_not_data_is_refused(data: bytes, reason: str) -> None:
    """The reason names what it is, and what to do instead."""
    with pytest.raises(ConversionError, match=rf"{reason}.*Publish"):
        refuse(recognise(data))


def test_a_page_is_refused_by_its_title() -> None:
    """Titles of pages tell what went wrong: not found, log in, moved."""
    page = b"<!doctype html><title>\n Page not found &ndash; Council </title>"
    with pytest.raises(ConversionError, match="called 'Page not found – Council' was served instead of data"):
        refuse_page(recognise(page))


def test_a_page_need_not_have_a_title() -> None:
    """It is refused all the same."""
    with pytest.raises(ConversionError, match="A web page was served"):
        refuse_page(recognise(b"<html></html>"))


def test_every_format_has_a_reader_or_a_reason() -> None:
    """Archives are opened before anything is read."""
    assert set(Format) == set(READERS) | {Format.ARCHIVE}
    assert set(REASONS) == {found for found, reader in READERS.items() if reader is refuse}
