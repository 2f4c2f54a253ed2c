import json
from pathlib import Path
from typing import Any

import pytest

from headrace.convert.layout import find_layout, lay_out
from headrace.convert.table import frame_of
from headrace.model.error import ConversionError

CASES = json.loads((Path(__file__).parents[1] / "cases" / "convert" / "layout.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fact"])
def test_a_table_is_found_in_its_resource(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """As the case says: the numbers of the records that are kept, the header, and what was left out and why."""
    records = [record.split(",") for record in case["records"]]
    layout = find_layout(records, case.get("choices", {}), whole=True)
    frame, left_out = lay_out(frame_of(records), layout)
    header = next(row for row in frame.drop("line").rows() if any(row))
    assert case["lines"] == frame["line"].to_list()
    assert case["header"] == list(header)
    assert case["left_out"] == [[record.line, record.reason] for record in left_out]


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({"header": "third"}, "chooses the header 'third'; write the number of its record, from 1 to 50"),
        ({"header": "4-3"}, "chooses the header '4-3'"),
        ({"header": "51"}, "chooses the header '51'"),
        ({"examples": "shown"}, "chooses 'shown' for examples; choose left out or read"),
        ({"orientation": "sideways"}, "chooses the orientation 'sideways'; choose upright or transposed"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_choice_that_cannot_be_followed_is_refused(choices: dict[str, str], reason: str) -> None:
    """The reason says what can be chosen."""
    with pytest.raises(ConversionError, match=reason):
        find_layout([["a", "b"]], choices)


def test_a_header_that_looks_like_data_is_doubtful() -> None:
    """The names of the columns may be missing; a header of years, above words, is not doubtful."""
    (doubtful,) = find_layout([["BF1", "530000", "0.5"], ["BF2", "530010", "1.5"]], {}).decisions
    assert (doubtful.about, doubtful.choice, doubtful.confidence) == ("header", "record 1", "doubtful")
    (years,) = find_layout([["reference", "2017", "2018"], ["BF1", "yes", "no"]], {}).decisions
    assert years.confidence == "sure"
