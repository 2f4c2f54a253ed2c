"""Workbooks of the small England, read by a reader that is not ours."""

from datetime import date
from io import BytesIO

from python_calamine import CalamineWorkbook

from headrace.simulate.table import Table
from headrace.simulate.workbook import workbook


def _sheets(body: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_holds_its_sheets_in_order() -> None:
    """Each table is a sheet of its name, its header in the first row."""
    one, two = Table(("a",), (("x",),)), Table(("b", "c"), (("y", "z"),))
    assert _sheets(workbook({"Register": one, "Deleted & gone": two})) == {
        "Register": [["a"], ["x"]],
        "Deleted & gone": [["b", "c"], ["y", "z"]],
    }


def test_cells_have_the_types_that_people_give_them() -> None:
    """Numbers are numbers and dates are dates; a reference with leading noughts stays text."""
    row = ("001", "12", "-1.5", "2019-12-31", "a < b & c", "2019-13-45x")
    table = Table(tuple("abcdef"), (row,))
    assert _sheets(workbook({"S": table}))["S"][1] == [
        "001",
        12.0,
        -1.5,
        date(2019, 12, 31),
        "a < b & c",
        "2019-13-45x",
    ]


def test_empty_cells_are_left_out() -> None:
    """Nothing is nothing, and what follows keeps its column."""
    table = Table(("a", "b", "c"), (("", "x", ""), ("", "", "y")))
    assert _sheets(workbook({"S": table}))["S"] == [["a", "b", "c"], ["", "x", ""], ["", "", "y"]]


def test_columns_beyond_z_have_two_letters() -> None:
    """Thirty columns arrive as thirty columns, in order."""
    names = tuple(f"column {number}" for number in range(30))
    assert _sheets(workbook({"S": Table(names, ())}))["S"] == [list(names)]
