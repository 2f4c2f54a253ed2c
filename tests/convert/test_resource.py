import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from headrace.convert.resource import convert, convert_bytes
from headrace.model.cells import Converted, Unconverted
from zipped import make_zip

Rows = list[tuple[str | None, ...]]
Result = Converted | Unconverted


def test_the_file_is_only_read(tmp_path: Path) -> None:
    """Readers of GML and GeoPackages like to write beside it."""
    path = tmp_path / "resource"
    path.write_bytes(b'<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>a</name></Placemark></kml>')
    assert isinstance(convert(path), Converted)
    assert list(tmp_path.iterdir()) == [path]


def test_every_choice_is_told() -> None:
    """Format, encoding and delimiter of a CSV, each with a reason."""
    result = convert_bytes(b"a,b\n1,2\n")
    assert isinstance(result, Converted)
    assert [(made.about, made.choice) for made in result.decisions] == [
        ("format", "delimited text"),
        ("encoding", "ascii"),
        ("delimiter", "comma"),
        ("header", "record 1"),
    ]
    assert all(made.reason for made in result.decisions)


@pytest.mark.parametrize(
    ("name", "data", "mime_type"),
    [
        ("a.csv", b"a,b\n1,2\n", "text/csv;charset=ascii"),
        ("a.json", b'[{"a": "1", "b": "2"}]', "application/vnd.geo+json"),
        ("whatever", b"a;b\n1;2\n", "text/csv;charset=ascii"),
    ],
)
def test_a_member_of_an_archive_is_read_as_it_would_be_alone(
    name: str, data: bytes, mime_type: str, converted_rows: Callable[[Result], Rows]
) -> None:
    """The result says which member it was, and what it is."""
    result = convert_bytes(make_zip({name: data}))
    assert converted_rows(result) == [("a", "b"), ("1", "2")]
    assert isinstance(result, Converted)
    assert (result.mime_type, result.internal_path, result.internal_mime_type) == (
        "application/zip",
        f"/{name}",
        mime_type,
    )


def test_an_archive_in_an_archive_is_not_opened() -> None:
    """One could go on for ever."""
    inner = make_zip({"a.csv": b"a,b\n"})
    assert convert_bytes(make_zip({"inner.zip": inner})) == Unconverted(
        "The zip archive holds another archive, which is not opened. Pack the data once.", "application/zip"
    )


def test_a_panic_in_a_library_is_a_damaged_file() -> None:
    """A shapefile two of whose attributes have lost their names makes one panic, which is no ordinary error."""
    shp = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50) + struct.pack("<2i8d", 1000, 5, *[0.0] * 8)
    dbf = struct.pack("<B3xIHH20x", 3, 0, 97, 3) + 2 * (bytes(11) + b"C" + bytes(4) + b"\1" + bytes(15)) + b"\r"
    assert convert_bytes(make_zip({"a.shp": shp, "a.dbf": dbf})) == Unconverted(
        "The zip archive is damaged and cannot be read. Save it again.", "application/zip"
    )
