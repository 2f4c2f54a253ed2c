"""What configuration can choose."""

import json
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from headrace.convert.choices import CONFIGURED
from headrace.convert.resource import convert_bytes
from headrace.model.cells import Converted
from headrace.spec.conversion_choice import CHOOSABLE
from zipped import make_zip

DOCS = Path(__file__).parents[2] / "docs"
TABLE = b"reference,name\nBF1,High Street\n"
FEATURES = {
    "type": "FeatureCollection",
    "name": "areas",
    "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [51.5, -0.1]}, "properties": {}}],
}


def _workbook() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, ["area", "name"])
        sheet.merge_range("A2:A3", "North")
        sheet.write_column("B2", ["a", "b"])
        sheet.set_row(2, None, None, {"hidden": True})
    return file.getvalue()


CHOSEN = {
    "axis-order": (json.dumps(FEATURES).encode(), "latitude first"),
    "crs": (json.dumps(FEATURES).encode(), "EPSG:4326"),
    "delimiter": (TABLE, "semicolon"),
    "encoding": (TABLE, "cp1252"),
    "examples": (b"reference,name\nExample,High Street\nBF1,High Street\n", "read"),
    "header": (TABLE, "1"),
    "hidden-cells": (_workbook(), "left out"),
    "layer": (json.dumps(FEATURES).encode(), "areas"),
    "member": (make_zip({"a.csv": TABLE, "b.csv": TABLE}), "b.csv"),
    "merged-cells": (_workbook(), "filled"),
    "orientation": (TABLE, "transposed"),
    "sheet": (_workbook(), "Data"),
}


@pytest.mark.parametrize("about", CHOOSABLE)
def test_a_choice_is_followed_and_told(about: str) -> None:
    """The decision names configuration as its reason, and is sure."""
    data, choice = CHOSEN[about]
    result = convert_bytes(data, {about: choice})
    assert isinstance(result, Converted)
    ((reason, confidence),) = [(made.reason, made.confidence) for made in result.decisions if made.about == about]
    assert reason.startswith(CONFIGURED)
    assert confidence == "sure"


@pytest.mark.parametrize("about", CHOOSABLE)
def test_a_choice_is_documented(about: str) -> None:
    """In the how-to and in the reference."""
    for page in ("how-to/choose-how-a-file-is-read.md", "reference/formats.md"):
        assert f"`{about}`" in (DOCS / page).read_text("utf-8")


def test_an_encoding_that_is_not_known_is_a_reason() -> None:
    """And not a fault of the program."""
    result = convert_bytes(TABLE, {"encoding": "klingon"})
    assert not isinstance(result, Converted)
    assert result.reason.startswith("The configuration chooses the encoding 'klingon', which is not known.")
