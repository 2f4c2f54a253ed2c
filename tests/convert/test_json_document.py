import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from headrace.convert.encoding import decode
from headrace.convert.json_document import read_json
from headrace.model.error import ConversionError

CASES = json.loads((Path(__file__).parents[1] / "cases" / "convert" / "json.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fact"])
def test_a_table_in_json_is_read(case: dict[str, Any], rows: Callable[[pl.DataFrame], object]) -> None:  # Any: JSON
    """As the case says."""
    table = read_json(decode(json.dumps(case["json"], ensure_ascii=False).encode()))
    assert [tuple(row) for row in case["cells"]] == rows(table.frame)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": [1, 2', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"error": {"code": 400, "message": "Invalid query"}}', "answered with an error.*Invalid query"),
        ('{"a": 1, "b": 2}', "a JSON object with the keys 'a', 'b', and no table"),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "no table"),
        ("[1, 2, 3]", "not a list of objects"),
        ("[]", "not a list of objects"),
        ('{"type": "FeatureCollection", "features": [', "geographic file cannot be read"),
    ],
)
def test_json_without_a_table_is_refused(text: str, reason: str) -> None:
    """The reason says what was found."""
    with pytest.raises(ConversionError, match=reason):
        read_json(decode(text.encode()))


def test_a_long_list_may_change_its_keys(rows: Callable[[pl.DataFrame], list[object]]) -> None:
    """However late, and with as many keys as before."""
    objects = [{"a": "1", "b": "2"}] * 2500 + [{"b": "3", "c": "4"}]
    table = read_json(decode(json.dumps(objects).encode()))
    header, *records = rows(table.frame)
    assert header == ("a", "b", "c")
    assert records[:2500] == [("1", "2", None)] * 2500
    assert records[2500:] == [(None, "3", "4")]


def test_what_the_standard_forbids_but_programs_write_is_read(rows: Callable[[pl.DataFrame], object]) -> None:
    """NaN, whole numbers of any size, and half a surrogate pair, which becomes a question mark."""
    text = decode(b'[{"a": NaN, "b": 123456789012345678901234567890, "c": "\\ud800"}]')
    assert rows(read_json(text).frame) == [("a", "b", "c"), ("nan", "123456789012345678901234567890", "?")]


def test_a_collection_cut_short_by_its_service_is_told() -> None:
    """A service that sends at most so many features at once says when it has more."""
    text = decode(b'{"type": "FeatureCollection", "exceededTransferLimit": true, "features": []}')
    assert [choice.choice for choice in read_json(text).decisions if choice.about == "limit"] == ["0 features"]
