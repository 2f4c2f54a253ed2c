import csv
import json
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from headrace.convert.resource import convert, convert_bytes
from headrace.model.cells import Converted, Unconverted

CASES = Path(__file__).parents[1] / "cases" / "convert"
NASTY = json.loads((CASES / "nasty.json").read_text("utf-8"))

REFUSED = {"empty", "html", "pdf", "xml", "xml-error"}
BROKEN = "0cc3d22b"

Rows = list[tuple[str | None, ...]]
Result = Converted | Unconverted


@pytest.fixture(scope="session")
def corpus(shared: Path) -> dict[str, tuple[dict[str, str], Result]]:
    """Every real resource: its line of the index, and what it was converted to."""
    with (shared / "resources.csv").open(encoding="utf-8", newline="") as index:
        return {
            line["sha256"]: (line, convert(shared / "resources" / line["sha256"])) for line in csv.DictReader(index)
        }


def _zip(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _filled(frame: pl.DataFrame) -> int:
    """How many records hold anything."""
    return frame.filter(pl.any_horizontal(pl.exclude("line").is_not_null())).height


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
    result = convert_bytes(_zip({name: data}))
    assert converted_rows(result) == [("a", "b"), ("1", "2")]
    assert isinstance(result, Converted)
    assert (result.mime_type, result.internal_path, result.internal_mime_type) == (
        "application/zip",
        f"/{name}",
        mime_type,
    )


def test_an_archive_in_an_archive_is_not_opened() -> None:
    """One could go on for ever."""
    inner = _zip({"a.csv": b"a,b\n"})
    assert convert_bytes(_zip({"inner.zip": inner})) == Unconverted(
        "The zip archive holds another archive, which is not opened. Pack the data once.", "application/zip"
    )


def test_a_panic_in_a_library_is_a_damaged_file() -> None:
    """A shapefile two of whose attributes have lost their names makes one panic, which is no ordinary error."""
    shp = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50) + struct.pack("<2i8d", 1000, 5, *[0.0] * 8)
    dbf = struct.pack("<B3xIHH20x", 3, 0, 97, 3) + 2 * (bytes(11) + b"C" + bytes(4) + b"\1" + bytes(15)) + b"\r"
    assert convert_bytes(_zip({"a.shp": shp, "a.dbf": dbf})) == Unconverted(
        "The zip archive is damaged and cannot be read. Save it again.", "application/zip"
    )


def test_every_real_resource_is_converted_or_refused_as_it_should_be(
    corpus: dict[str, tuple[dict[str, str], Result]],
) -> None:
    """Data becomes cells; pages, errors, documents, and one broken file, a reason."""
    wrong = [
        sha256
        for sha256, (line, result) in corpus.items()
        if isinstance(result, Unconverted) != (line["format"] in REFUSED or sha256.startswith(BROKEN))
    ]
    assert wrong == []
    assert len(corpus) == 874


def test_real_resources_have_the_rows_that_the_index_counts(
    corpus: dict[str, tuple[dict[str, str], Result]],
) -> None:
    """But for the few whose difference is explained."""
    with (CASES / "rows_differ.csv").open(encoding="utf-8", newline="") as file:
        explained = {line["resource"]: int(line["rows"]) for line in csv.DictReader(file)}
    different = {
        sha256[:8]: _filled(result.cells.frame) - 1
        for sha256, (line, result) in corpus.items()
        if isinstance(result, Converted) and line["rows"] and _filled(result.cells.frame) - 1 != int(line["rows"])
    }
    assert explained == different


@pytest.mark.parametrize("case", NASTY, ids=lambda case: case["fact"])
def test_the_nastiest_real_resources(
    case: dict[str, Any],  # Any: the cases are JSON
    corpus: dict[str, tuple[dict[str, str], Result]],
) -> None:
    """As the case says."""
    ((_, result),) = (entry for sha256, entry in corpus.items() if sha256.startswith(case["resource"]))
    if "reason" in case:
        assert isinstance(result, Unconverted)
        assert case["reason"] in result.reason
        return
    assert isinstance(result, Converted)
    assert (case["mime_type"], case["records"]) == (result.mime_type, result.cells.frame.height)
    made = [(decision.about, decision.choice) for decision in result.decisions]
    assert [choice for choice in case["choices"].items() if choice not in made] == []


def test_the_records_are_numbered_as_the_existing_platform_numbers_them(
    shared: Path, corpus: dict[str, tuple[dict[str, str], Result]]
) -> None:
    """Wherever it could read a resource, and data was in it."""
    peer = pl.read_parquet(shared / "expected" / "peer" / "dataset-resources.parquet")
    lines = dict(peer.filter(pl.col("line-count") != "0").select("resource", "line-count").rows())
    ours = {
        sha256: str(result.cells.frame["line"].max())
        for sha256, (_, result) in corpus.items()
        if isinstance(result, Converted) and sha256 in lines
    }
    assert {sha256: lines[sha256] for sha256 in ours} == ours
    assert len(ours) > 200


def test_the_columns_that_the_existing_platform_used_are_there(
    shared: Path, corpus: dict[str, tuple[dict[str, str], Result]]
) -> None:
    """By the names it used, but for those that its configuration adds to a resource."""
    used = pl.read_parquet(shared / "expected" / "peer" / "column-fields.parquet")
    missing = []
    for sha256, column in used.select("resource", "column").unique().rows():
        result = corpus[sha256][1]
        if isinstance(result, Converted):
            top = result.cells.frame.head(3).drop("line").rows()
            names = {(cell or "").strip().replace("\n", "\r\n") for row in top for cell in row}
            if column not in names:
                missing.append(column)
    assert set(missing) == {"Notes", "tree-species-list"}
