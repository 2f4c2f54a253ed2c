"""A resource read in parts becomes what it becomes whole."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from headrace.model.cells import Cells, Converted
from headrace.model.result import TABLES, Result, join_parts, result_of_batch
from headrace.transform.parts import transform_parts
from resources import resources, some_rules

RULES = some_rules()
NOTHING_TO_SAY = Converted(Cells(pl.DataFrame()), "text/csv")


def result(cells: Cells, size: int) -> Result:
    """What cells become when they are read so many records at a time."""
    parts = map(Cells, cells.frame.iter_slices(size))
    batches = transform_parts(parts, RULES)
    return join_parts([result_of_batch(batch, "brownfield-land", "r", NOTHING_TO_SAY, 0.0) for batch in batches])


@settings(max_examples=60)
@given(resources(), st.integers(min_value=2, max_value=5))
def test_parts_make_the_whole(cells: Cells, size: int) -> None:
    """The same tables, but for the order of issues, and the same counts."""
    whole, parted = result(cells, cells.frame.height), result(cells, size)
    for name in TABLES:
        expected, actual = getattr(whole, name), getattr(parted, name)
        assert_frame_equal(expected.sort(expected.columns), actual.sort(actual.columns))
    counts = ("lines", "entries", "entities", "asked", "valid_before")
    assert [getattr(whole, count) for count in counts] == [getattr(parted, count) for count in counts]
