from collections.abc import Callable
from io import BytesIO

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableColumn, TableRow
from odf.text import P

from headrace.convert.hidden_cells import Hidden, find_hidden
from headrace.convert.table import Table
from headrace.convert.workbook import read_workbook
from headrace.model.error import ConversionError
from xlsb import write_xlsb

Rows = list[tuple[str | None, ...]]

RECORDS = [["reference", "name", "note"], ["1", "a", "x"], ["2", "b", ""], ["3", "c", "z"], ["4", "d", ""]]


def _xlsx() -> bytes:
    """Beside what is hidden with something in it (records 3 and 4, the column `note`), blank rows and columns are."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        for name in ("Other", "Data & more"):
            sheet = workbook.add_worksheet(name)
            for number, record in enumerate(RECORDS if name != "Other" else [["Register"]]):
                sheet.write_row(number, 0, record)
        for number in (2, 3, 40):
            sheet.set_row(number, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_column("F:XFD", None, None, {"hidden": True})
    return file.getvalue()


def _ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    for name, records in (("Other", [["Register"]]), ("Data & more", RECORDS)):
        table = OdfTable(name=name)
        table.addElement(TableColumn(numbercolumnsrepeated="2"))
        table.addElement(TableColumn(visibility="collapse"))
        for number, record in enumerate(records):
            row = TableRow(visibility="filter" if number in (2, 3) else "visible")
            for value in record:
                cell = TableCell(valuetype="string") if value else TableCell()
                if value:
                    cell.addElement(P(text=value))
                row.addElement(cell)
            table.addElement(row)
        table.addElement(TableRow(visibility="collapse", numberrowsrepeated="99999999999"))
        document.spreadsheet.addElement(table)
    file = BytesIO()
    document.write(file)
    return file.getvalue()


def _told(table: Table) -> list[tuple[str, str, str]]:
    return [(made.choice, made.reason, made.confidence) for made in table.decisions if made.about == "hidden-cells"]


HIDES = "the sheet hides 2 rows (3, 4) and 1 column (note)"


@pytest.mark.parametrize("workbook", [_xlsx(), _ods()], ids=["xlsx", "ods"])
def test_what_is_hidden_is_read_and_told(workbook: bytes, rows: Callable[[pl.DataFrame], Rows]) -> None:
    """With the numbers of the rows and the names of the columns in which anything stands."""
    table = read_workbook(workbook)
    assert rows(table.frame) == [tuple(cell or None for cell in record) for record in RECORDS]
    assert _told(table) == [("read", f"{HIDES}; they hold something, and are read like others", "likely")]
    assert table.left_out == ()


@pytest.mark.parametrize("workbook", [_xlsx(), _ods()], ids=["xlsx", "ods"])
def test_what_is_hidden_is_left_out_by_configuration(workbook: bytes) -> None:
    """Each row is counted with its reason, and the others keep their numbers."""
    table = read_workbook(workbook, {"hidden-cells": "left out"})
    assert table.frame.rows() == [(1, "reference", "name"), (2, "1", "a"), (5, "4", "d")]
    assert _told(table) == [("left out", f"the configuration says so: {HIDES}", "sure")]
    assert [(record.line, record.reason, record.text) for record in table.left_out] == [
        (3, "the sheet hides its row", "2,b"),
        (4, "the sheet hides its row", "3,c,z"),
    ]


def test_a_sheet_that_hides_nothing_is_not_spoken_of() -> None:
    """Nor is one that hides what is blank."""
    workbook = openpyxl.Workbook()
    for record in RECORDS:
        workbook.active.append(record)
    workbook.active.row_dimensions[30].hidden = True
    file = BytesIO()
    workbook.save(file)
    assert find_hidden(file.getvalue(), "Sheet") == Hidden(frozenset({30}))
    assert _told(read_workbook(file.getvalue())) == []


def test_rows_that_a_filter_hides_are_told() -> None:
    """They are the most frequent: a filter was on when the workbook was saved."""
    workbook = openpyxl.Workbook()
    for record in RECORDS:
        workbook.active.append(record)
    workbook.active.auto_filter.ref = "A1:C5"
    workbook.active.auto_filter.add_filter_column(0, ["1"])
    for number in (3, 4, 5):
        workbook.active.row_dimensions[number].hidden = True
    file = BytesIO()
    workbook.save(file)
    ((choice, reason, _),) = _told(read_workbook(file.getvalue()))
    assert (choice, reason[:36]) == ("read", "the sheet hides 3 rows (3, 4, 5); th")


def test_of_a_binary_workbook_it_is_not_known() -> None:
    """And that is told, too."""
    table = read_workbook(write_xlsb({"Data": RECORDS}))
    reason = "whether the sheet hides rows or columns is not known of this format: all are read"
    assert _told(table) == [("read", reason, "likely")]


def test_a_hidden_sheet_is_named_as_such() -> None:
    """Where it is not read."""
    workbook = openpyxl.Workbook()
    for record in RECORDS:
        workbook.active.append(record)
    workbook.create_sheet("Lists").sheet_state = "hidden"
    file = BytesIO()
    workbook.save(file)
    (reason,) = [made.reason for made in read_workbook(file.getvalue()).decisions if made.about == "sheet"]
    assert reason == "the first sheet; not read: Lists (hidden)"


def test_another_way_is_refused() -> None:
    """The reason says which there are."""
    with pytest.raises(ConversionError, match="choose read or left out"):
        read_workbook(_xlsx(), {"hidden-cells": "shown"})
