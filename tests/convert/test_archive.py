import pytest

from headrace.convert.archive import open_member
from headrace.model.error import ConversionError
from zipped import make_zip

SHP = b"\0\0\x27\x0a"


def _zip(**members: bytes) -> bytes:
    """An archive; `__` in a name stands for a slash, `_` for a dot."""
    return make_zip({name.replace("__", "/").replace("_", "."): data for name, data in members.items()})


def test_a_shapefile_is_found_in_a_folder_with_its_kin() -> None:
    """Whatever the case of the letters; other files stay where they are."""
    member = open_member(_zip(Areas__A_SHP=SHP, Areas__a_dbf=b"d", Areas__a_prj=b"p", Areas__b_dbf=b"x", read_txt=b"x"))
    assert (member.path, member.mime_type) == ("/Areas/A.SHP", "x-gis/x-shapefile")
    assert member.files == {".shp": SHP, ".dbf": b"d", ".prj": b"p"}


@pytest.mark.parametrize(
    ("suffixes", "expected"),
    [
        (("tab", "shp"), "/a.shp"),
        (("kml", "json", "geojson"), "/a.geojson"),
        (("csv", "kml"), "/a.kml"),
        (("xlsx", "csv"), "/a.csv"),
        (("txt", "csv"), "/a.csv"),
        (("txt",), "/a.txt"),
    ],
)
def test_the_suffix_decides_between_members(suffixes: tuple[str, ...], expected: str) -> None:
    """Geographic files before tables; a single file needs no suffix that is known."""
    contents = {"shp": SHP, "tab": b"!table"}
    member = open_member(make_zip({f"a.{suffix}": contents.get(suffix, b"x") for suffix in suffixes}))
    assert expected == member.path


def test_what_systems_hide_is_not_seen() -> None:
    """The doubles that a Macintosh packs are no second file."""
    member = open_member(make_zip({"a.csv": b"a,b", "__MACOSX/._a.csv": b"x", ".b.csv": b"x"}))
    assert member.path == "/a.csv"


def test_the_main_document_of_a_kmz_is_chosen() -> None:
    """It is called doc.kml; others are what it refers to."""
    member = open_member(make_zip({"doc.kml": b"<kml/>", "files/more.kml": b"<kml/>"}))
    assert member.path == "/doc.kml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_zip({"a.csv": b"x", "b.csv": b"y"}), "has 2 files .csv, .* a.csv, b.csv. Publish one per archive"),
        (make_zip({"a.txt": b"x", "b.doc": b"y"}), "holds nothing that is read as data: a.txt, b.doc"),
        (make_zip({}), "it is empty"),
        (
            make_zip({"a.shp": b"<OGRVRTDataSource>"}),
            "'a.shp' in the zip archive is called .shp but is not such a file",
        ),
        (make_zip({"a.csv": b"x" * 10_000})[:60], "cannot be read"),
        (make_zip({"a.csv": bytes(200 << 20)}), "unpacks to 209715200"),
        (make_zip({f"{number}.txt": b"" for number in range(10_001)}), "has 10001 members"),
    ],
    ids=["two", "none", "empty", "false", "cut short", "a bomb", "many"],
)
def test_an_archive_without_one_member_of_data_is_refused(data: bytes, reason: str) -> None:
    """The reason says why none can be chosen."""
    with pytest.raises(ConversionError, match=reason):
        open_member(data)


def test_a_member_whose_bytes_are_damaged_is_refused() -> None:
    """Its checksum tells."""
    data = bytearray(make_zip({"a.csv": b"reference,name\n" * 100}))
    data[45] ^= 0xFF
    with pytest.raises(ConversionError, match="cannot be read"):
        open_member(bytes(data))


def test_the_member_that_is_chosen_is_read() -> None:
    """Where several could be the data; one that is not there is a reason."""
    archive = make_zip({"a.csv": b"a,b", "b.csv": b"c,d"})
    member = open_member(archive, {"member": "/b.csv"})
    assert (member.path, member.decision.reason) == ("/b.csv", "the configuration says so")
    with pytest.raises(ConversionError, match=r"chooses 'c\.csv' of the zip archive, which holds a\.csv, b\.csv"):
        open_member(archive, {"member": "c.csv"})
