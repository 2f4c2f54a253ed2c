import polars as pl

from headrace.convert.table import frame_of


def test_records_of_any_length_make_a_frame() -> None:
    """As wide as the widest; numbered from 1; empty and missing cells are null."""
    expected = pl.DataFrame(
        {"line": [1, 2, 3], "0": ["a", None, "1"], "1": [None, None, "2"]},
        schema={"line": pl.UInt32, "0": pl.String, "1": pl.String},
    )
    assert expected.equals(frame_of([["a"], [], ["1", "2", ""]]))


def test_many_records_are_as_wide_as_the_widest() -> None:
    """Wherever that is, and however many blank ones are between."""
    records = [["a"], *[[]] * 2500, ["1", "2", "3"], *[["b", ""]] * 1500]
    frame = frame_of(records)
    assert frame["line"].to_list() == list(range(1, 4003))
    assert frame.rows()[2501] == (2502, "1", "2", "3")
    assert (frame["0"].count(), frame["1"].count(), frame["2"].count()) == (1502, 1, 1)


def test_no_records_make_an_empty_frame() -> None:
    """With the column of record numbers and no other."""
    assert frame_of([]).schema == pl.Schema({"line": pl.UInt32})
