from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from headrace.convert.table import Table
from headrace.convert.workbook import read_workbook
from headrace.model.error import ConversionError
from xlsb import write_xlsb

Rows = list[tuple[str | None, ...]]
Cell = Any  # whatever openpyxl takes


def _xlsx(**sheets: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook with the sheets in the order given."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, records in sheets.items():
        sheet = workbook.create_sheet(name)
        for record in records:
            sheet.append(record)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _decision(table: Table, about: str) -> tuple[str, str]:
    return next((choice.choice, choice.reason) for choice in table.decisions if choice.about == about)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("001", "001"),
        (" x ", " x "),
        ("N/A", "N/A"),
        (5, "5"),
        (5.0, "5"),
        (-0.25, "-0.25"),
        (0.1, "0.1"),
        (1e15, "1000000000000000"),
        (1e16, "1e+16"),
        (True, "True"),
        (date(2017, 12, 31), "2017-12-31"),
        (datetime(2017, 12, 31), "2017-12-31"),
        (datetime(2017, 12, 31, 9, 5), "2017-12-31 09:05:00"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=30, minutes=1), "30:01:00"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("#N/A", None),
        (None, None),
    ],
    ids=repr,
)
def test_a_cell_is_the_text_it_holds(value: Cell, expected: str | None, rows: Callable[[pl.DataFrame], Rows]) -> None:
    """Text stays text; a number that is whole has no point; an error is nothing."""
    table = read_workbook(_xlsx(Data=[["a", "b"], ["x", value], ["y", "z"]]))
    assert rows(table.frame)[1] == ("x", expected)


def test_records_are_the_rows_of_the_sheet() -> None:
    """Blank rows between others count, those after the last do not."""
    table = read_workbook(_xlsx(Data=[[], ["a", "b"], [], ["1", "2"], [None], [""]]))
    assert table.frame.rows() == [(1, None, None), (2, "a", "b"), (3, None, None), (4, "1", "2")]


def test_the_first_sheet_that_holds_a_table_is_read() -> None:
    """The decision says so, and names the sheets that are not read."""
    table = read_workbook(_xlsx(Cover=[["Register"]], Data=[["a", "b"], ["1", "2"]], Example=[["a", "b"], ["3", "4"]]))
    assert table.frame.rows() == [(1, "a", "b"), (2, "1", "2")]
    assert _decision(table, "sheet") == ("Data", "the first sheet that holds a table; not read: Cover, Example")


def test_without_a_table_the_first_sheet_with_text_is_read() -> None:
    """One column is all there is."""
    table = read_workbook(_xlsx(Empty=[], Data=[["reference"], ["1"]]))
    assert table.frame.rows() == [(1, "reference"), (2, "1")]
    assert _decision(table, "sheet")[0] == "Data"


def test_a_title_above_the_header_is_left_out() -> None:
    """The records keep the numbers of their rows."""
    table = read_workbook(_xlsx(Data=[["Register 2017"], [], ["a", "b", "c"], ["x", 5, date(2017, 1, 1)]]))
    assert table.frame.rows() == [(3, "a", "b", "c"), (4, "x", "5", "2017-01-01")]
    assert _decision(table, "header")[0] == "record 3"


def test_a_name_given_again_is_numbered() -> None:
    """So that the first column of that name keeps it."""
    table = read_workbook(_xlsx(Data=[["a", "b", "a", None, "a"], [1, 2, 3, 4, 5]]))
    assert table.frame.rows()[0] == (1, "a", "b", "a.1", None, "a.2")
    assert _decision(table, "column") == ("a.1, a.2", "the name was taken by a column before")


def test_a_sheet_may_be_as_wide_as_sheets_are() -> None:
    """Columns without a name or a value are left out, 16,370 of them here."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for record in (["a", "b"], ["1", "2"]):
        sheet.append(record)
    sheet.cell(2, 16384).number_format = "0.00"
    file = BytesIO()
    workbook.save(file)
    assert read_workbook(file.getvalue()).frame.rows() == [(1, "a", "b"), (2, "1", "2")]


def test_a_formula_is_its_result() -> None:
    """An error of a formula is nothing."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_string(1, 2, "x")
    assert read_workbook(file.getvalue()).frame.rows()[1] == (2, "2", None, "x")


def test_an_opendocument_sheet_is_read() -> None:
    """Text, a whole number, a date, a truth and a run of equal cells."""
    document = OpenDocumentSpreadsheet()
    sheet = OdfTable(name="Data")
    document.spreadsheet.addElement(sheet)
    for cells in (
        [("string", None, name, 1) for name in "abcde"],
        [
            ("string", None, "001", 1),
            ("float", {"value": "5"}, "5", 1),
            ("date", {"datevalue": "2017-12-31"}, "31/12/17", 1),
            ("string", None, "x", 2),
        ],
    ):
        row = TableRow()
        sheet.addElement(row)
        for kind, value, text, repeated in cells:
            cell = TableCell(valuetype=kind, numbercolumnsrepeated=repeated, **(value or {}))
            cell.addElement(P(text=text))
            row.addElement(cell)
    file = BytesIO()
    document.write(file)
    table = read_workbook(file.getvalue())
    assert table.frame.rows() == [(1, "a", "b", "c", "d", "e"), (2, "001", "5", "2017-12-31", "x", "x")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_xlsx(Empty=[], Blank=[["", None]]), "no text in any of its sheets"),
        (b"PK\x03\x04 xl/workbook.xml", "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        (_xlsx(Data=[["a"]])[:-100], "cannot be read"),
    ],
    ids=["no text", "no archive", "no sectors", "cut short"],
)
def test_a_workbook_without_a_table_is_refused(data: bytes, reason: str) -> None:
    """The reason says what is wrong with it."""
    with pytest.raises(ConversionError, match=reason):
        read_workbook(data)


def test_an_xlsb_workbook_is_read_as_others_are(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """Text stays text, and the sheet with the table is found."""
    workbook = {"Cover": [["Register"]], "Data": [["a", "b"], ["001", 5.0], ["é", 0.25], [None, "x"]]}
    table = read_workbook(write_xlsb(workbook))
    assert rows(table.frame) == [("a", "b"), ("001", "5"), ("é", "0.25"), (None, "x")]
    assert _decision(table, "sheet")[0] == "Data"


def test_a_sheet_with_the_same_columns_makes_the_choice_doubtful() -> None:
    """Perhaps it should be read as well; an example or what was deleted should not."""
    register = [["reference", "name", "hectares"], ["1", "x", "0.5"]]
    assert _confidence(read_workbook(_xlsx(North=register, South=register))) == "doubtful"
    assert _confidence(read_workbook(_xlsx(Data=register, Example=register, Deleted=register))) == "likely"
    assert _confidence(read_workbook(_xlsx(Data=register, Notes=[["a", "b"], ["c", "d"]]))) == "likely"
    assert _confidence(read_workbook(_xlsx(Data=register, Notes=[["a"]]))) == "sure"


def _confidence(table: Table) -> str:
    return next(choice.confidence for choice in table.decisions if choice.about == "sheet")


def test_a_hidden_sheet_is_read_when_no_other_holds_a_table() -> None:
    """A sheet that can be seen comes first, wherever it stands."""
    file = BytesIO()
    workbook = openpyxl.Workbook()
    hidden = workbook.active
    hidden.title, hidden.sheet_state = "Hidden", "hidden"
    shown = workbook.create_sheet("Shown")
    for row in (["a", "b"], [1, 2]):
        hidden.append(row)
        shown.append(row)
    workbook.save(file)
    assert _decision(read_workbook(file.getvalue()), "sheet")[0] == "Shown"


def test_the_sheet_that_is_chosen_is_read(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """A sheet that is not there is a reason, with the names of those that are."""
    workbook = _xlsx(One=[["a", "b"], ["1", "2"]], Two=[["c", "d"], ["3", "4"]])
    assert rows(read_workbook(workbook, {"sheet": "Two"}).frame) == [("c", "d"), ("3", "4")]
    with pytest.raises(ConversionError, match="chooses the sheet 'Three' of a workbook with One, Two"):
        read_workbook(workbook, {"sheet": "Three"})


def test_merged_cells_are_told_and_filled_by_configuration(rows: Callable[[pl.DataFrame], Rows]) -> None:
    """A value over three rows belongs to all of them."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([["area", "name"], ["", "a"], ["", "b"], ["", "c"]]):
            sheet.write_row(number, 0, row)
        sheet.merge_range("A2:A4", "North")
    table = read_workbook(file.getvalue())
    assert rows(table.frame)[1:] == [("North", "a"), (None, "b"), (None, "c")]
    assert _decision(table, "merged-cells")[0] == "first row"
    filled = read_workbook(file.getvalue(), {"merged-cells": "filled"})
    assert rows(filled.frame)[1:] == [("North", "a"), ("North", "b"), ("North", "c")]
