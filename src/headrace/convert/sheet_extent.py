"""How far the cells of a workbook reach, found before it is read: a reader makes room for the whole rectangle.

One stray cell in the last corner of a sheet, which has 1,048,576 rows and 16,384 columns, asks for half a terabyte; the
process ends there, without an error that could be caught.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from headrace.convert.archive import refuse_bomb
from headrace.model.error import ConversionError

MAX_CELLS: Final = 50_000_000
"""Cells of the rectangle from the first to the last cell that holds something: 1.6 GB while it is read."""

MAX_COLUMNS: Final = 16_384
"""Columns of a sheet. Source: ECMA-376, part 1, 18.3.1.73; Excel's limits."""

SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
OPEN_XLSX_ROW: Final = b"row "
ROW_NUMBER: Final = re.compile(rb"[^>]*?\br=\"(\d+)\"")
"""How a row opens, with or without a prefix before it, and what follows: splitting is quicker than searching."""
FILLED_COLUMN: Final = re.compile(rb"<(?:\w+:)?c r=\"([A-Z]{1,3})\d+\"[^>/]*>")
FILLED_ROW: Final = re.compile(rb"<(?:\w+:)?c r=\"[A-Z]{1,3}(\d+)\"[^>/]*>")
"""The column and the row of a cell with content: one that only has a style closes itself."""

OPEN_SHEET: Final = re.compile(rb"<table:table\b(?!-)")
OPEN_ROW: Final = re.compile(rb"<table:table-row\b")
OPEN_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell\b")
OPEN_VALUE: Final = re.compile(rb"office:value|<text:p\b")
ROWS_REPEATED: Final = re.compile(rb"[^>]*table:number-rows-repeated=\"(\d+)\"")
COLUMNS_REPEATED: Final = re.compile(rb"[^>]*table:number-columns-repeated=\"(\d+)\"")


def refuse_huge_sheets(data: bytes) -> None:
    """Refuse a workbook that would not fit into memory.

    Looked into are the sheets of xlsx, xlsm and ods, and how much any zipped workbook unpacks to. Sheets of xls are
    small by nature; those of xlsb are not looked into.

    Raises:
        ConversionError: the filled cells of a sheet span more than `MAX_CELLS`, or the file unpacks to too much.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            refuse_bomb(package, len(data))
            for name in package.namelist():
                if SHEET.fullmatch(name):
                    _refuse_huge(*_extent_of_xlsx(package.read(name)))
                elif name == "content.xml":
                    for sheet in OPEN_SHEET.split(package.read(name)):
                        _refuse_huge(*_extent_of_ods(sheet))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise ConversionError(f"The workbook cannot be read: {error}. Save it again, or publish a CSV file.") from error


def _refuse_huge(rows: int, columns: int) -> None:
    if rows * columns > MAX_CELLS:
        raise ConversionError(
            f"A sheet of the workbook spans {rows} rows and {columns} columns, which is more than is read. Delete what "
            "stands far below or far to the right of the table."
        )


def _extent_of_xlsx(sheet: bytes) -> tuple[int, int]:
    """Rows and columns, no fewer than are filled; looked at closely only where they could be too many."""
    numbers = map(ROW_NUMBER.match, sheet.split(OPEN_XLSX_ROW)[1:])
    rows = max((int(number[1]) for number in numbers if number), default=0)
    if rows * MAX_COLUMNS <= MAX_CELLS:
        return rows, MAX_COLUMNS
    if _beyond(MAX_CELLS // rows).search(sheet) is None:
        return rows, MAX_CELLS // rows
    columns = max(map(_column_number, set(FILLED_COLUMN.findall(sheet))), default=0)
    if rows * columns > MAX_CELLS:
        rows = max((int(cell[1]) for cell in FILLED_ROW.finditer(sheet)), default=0)
    return rows, columns


def _beyond(columns: int) -> re.Pattern[bytes]:
    """What a cell begins with whose column is further than so many, and some that are not quite as far."""
    letters = "".join(map(chr, range(ord("A") + max(columns // 26 - 1, 0), ord("Z") + 1))) if columns < 702 else ""
    return re.compile(rb'c r="(?:[A-Z]{3}' + (f"|[{letters}][A-Z]" if letters else "").encode() + rb")")


def _extent_of_ods(sheet: bytes) -> tuple[int, int]:
    """Rows and columns up to the last that are filled; ods writes a run of equal rows or cells once."""
    rows = columns = above = 0
    for row in OPEN_ROW.split(sheet)[1:]:
        above += _repeated(ROWS_REPEATED, row)
        width = before = 0
        for cell in OPEN_CELL.split(row)[1:]:
            before += _repeated(COLUMNS_REPEATED, cell)
            if OPEN_VALUE.search(cell):
                width = before
        if width:
            rows, columns = above, max(columns, width)
    return rows, columns


def _repeated(pattern: re.Pattern[bytes], element: bytes) -> int:
    found = pattern.match(element)
    return int(found[1]) if found else 1


def _column_number(letters: bytes) -> int:
    """1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
