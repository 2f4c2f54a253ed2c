import polars as pl

from headrace.convert.table import frame_of


def test_records_of_any_length_make_a_frame() -> None:
    """As wide as the widest; numbered from 1; empty and missing cells are null."""
    expected = pl.DataFrame(
        {"line": [1, 2, 3], "0": ["a", None, "1"], "1": [None, None, "2"]},
        schema={"line": pl.UInt32, "0": pl.String, "1": pl.String},
    )
    assert expected.equals(frame_of([["a"], [], ["1", "2", ""]]))


def test_no_records_make_an_empty_frame() -> None:
    """With the column of record numbers and no other."""
    assert frame_of([]).schema == pl.Schema({"line": pl.UInt32})
