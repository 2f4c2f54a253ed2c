import json
from pathlib import Path

import polars as pl
import pytest

from headrace.convert.resource import convert, convert_parts
from headrace.model.cells import Cells, Converted, Unconverted

OBJECTS = [
    {
        "reference": f"BF{number}",
        "name": f'Caf\u00e9 }},{{ "{number}"',
        "hectares": number / 7,
        "parts": [{"b": 1}, {"b": number}],
    }
    | ({"later": True} if number > 1400 else {})
    for number in range(1500)
]


def _split(path: Path) -> tuple[Converted, list[Cells]]:
    streamed = convert_parts(path, rows_at_once=300, stream_bytes=0, block_bytes=9_000)
    assert not isinstance(streamed, Unconverted), streamed.reason
    return streamed[0], list(streamed[1])


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("as_ascii", [True, False])
def test_the_parts_of_a_large_list_are_its_cells(indent: int | None, as_ascii: bool, tmp_path: Path) -> None:
    """Whatever stands in its texts and between its objects; a key that comes late is in the header all the same."""
    path = tmp_path / "resource"
    path.write_text(json.dumps(OBJECTS, indent=indent, ensure_ascii=as_ascii), "utf-8")
    conversion, parts = _split(path)
    whole = convert(path)
    assert isinstance(whole, Converted)
    frames = [part.frame for part in parts]
    assert len(frames) > 5
    assert max(frame.height for frame in frames) <= 300
    assert pl.concat(frames).equals(whole.cells.frame)
    assert frames[0].row(0) == (1, "reference", "name", "hectares", "parts", "later")
    assert (conversion.decisions, conversion.mime_type) == (whole.decisions, whole.mime_type)


@pytest.mark.parametrize(
    "text",
    [
        '[["a", "b"], ["1", "2"]]',
        '[{"a": "1", "b": "2"}, {"a": NaN, "b": 123456789012345678901234567890}]',
        ' [{"a": "1"}, {"a": "2"}]',
        '[{"a": "1", "": "2"}]',
        '{"columns": ["a", "b"], "data": [["1", "2"]]}',
    ],
    ids=["lists", "no standard numbers", "a blank before", "no name", "an object"],
)
def test_what_cannot_be_read_in_parts_is_read_whole(text: str, tmp_path: Path) -> None:
    """And then cut."""
    path = tmp_path / "resource"
    path.write_text(text, "utf-8")
    whole = convert(path)
    assert isinstance(whole, Converted)
    conversion, parts = _split(path)
    assert pl.concat([part.frame for part in parts]).equals(whole.cells.frame)
    assert conversion.decisions == whole.decisions


@pytest.mark.parametrize("text", ['[{"a": 1}, 2]', "[]", json.dumps(OBJECTS)[:-5], json.dumps(OBJECTS) + "]"])
def test_a_list_that_is_broken_is_refused_like_a_small_one(text: str, tmp_path: Path) -> None:
    """For the same reason, before any part."""
    path = tmp_path / "resource"
    path.write_text(text, "utf-8")
    refused = convert(path)
    assert isinstance(refused, Unconverted)
    assert refused == convert_parts(path, rows_at_once=300, stream_bytes=0, block_bytes=9_000)
