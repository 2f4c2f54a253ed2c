"""Workbooks: xlsx, xlsm, xlsb, xls and ods, as the text that their cells hold."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final, TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.compound_file import SIGNATURE, refuse_circles
from headrace.convert.header import HEAD_RECORDS
from headrace.convert.layout import find_layout, lay_out
from headrace.convert.sheet_extent import refuse_huge_sheets
from headrace.convert.table import Table, frame_of
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

WHOLE_FLOAT: Final = 2.0**53
"""Up to this size a whole number kept as a float is exact, and written without a decimal point."""


def read_workbook(data: bytes, choices: Choices = NO_CHOICES) -> Table:
    """The table of the sheet that holds it: the first that looks like one.

    Records are the rows of the sheet, numbered from its top. Text stays as it is (`001` stays `001`); whole numbers
    have no decimal point; dates are `YYYY-MM-DD`, with a time of day `YYYY-MM-DD HH:MM:SS`; booleans are `True` and
    `False`; cells that show an error are empty. Hidden rows and columns are read as others. A name that the first
    row gives again becomes `name.1`, `name.2`, …, so that the first keeps it.

    Raises:
        ConversionError: the workbook is protected by a password, broken, too large, or holds no text.
    """
    if data.startswith(SIGNATURE):
        refuse_circles(data)
    refuse_huge_sheets(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return _read(workbook, choices)
    except PasswordError as error:
        raise ConversionError("The workbook is protected by a password. Publish it without one.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise ConversionError(f"The workbook cannot be read: {error}. Save it again, or publish a CSV file.") from error


def _read(workbook: CalamineWorkbook, choices: Choices) -> Table:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    sheet, reason = _choose_sheet(workbook, names)
    decisions = [Decision("sheet", sheet.name, reason + _unread(names, sheet.name))]
    rows = _rows(sheet)
    layout = find_layout(rows[:HEAD_RECORDS], choices, whole=len(rows) <= HEAD_RECORDS)
    decisions += layout.decisions
    if layout.last == 1 and any(rows[0]):
        rows[0], repeated = _distinct(rows[0])
        if repeated:
            decisions.append(Decision("header", ", ".join(repeated), "the name was taken by a column before"))
    frame, left_out = lay_out(frame_of(rows), layout)
    return Table(frame, tuple(decisions), left_out)


def _choose_sheet(workbook: CalamineWorkbook, names: Sequence[str]) -> tuple[CalamineSheet, str]:
    """The first sheet with a table, or else the first with any text."""
    written = None
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        head = list(islice(filter(any, map(_record, sheet.iter_rows())), HEAD_RECORDS))
        if _is_table(head):
            return sheet, "the first sheet" if name == names[0] else "the first sheet that holds a table"
        if head and written is None:
            written = sheet
    if written is None:
        raise ConversionError("The workbook holds no text in any of its sheets. Publish one with a table.")
    return written, "no sheet holds a table of two columns or more; this is the first that holds text"


def _is_table(head: Sequence[Sequence[str | None]]) -> bool:
    """Two records at least that fill two cells each."""
    return sum(1 for row in head if sum(map(bool, row)) >= 2) >= 2


def _unread(names: Sequence[str], chosen: str) -> str:
    others = [name for name in names if name != chosen]
    return f"; not read: {', '.join(others)}" if others else ""


def _rows(sheet: CalamineSheet) -> list[Sequence[str | None]]:
    """Every row from the top of the sheet to the last that holds something."""
    rows: list[Sequence[str | None]] = []
    last = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        row = _record(values)
        if any(row):
            rows.append(row)
            last = number
        else:
            rows.append(())
    return rows[:last]


def _record(values: Sequence[Value]) -> list[str | None]:
    row = [_text(value) for value in values]
    while row and not row[-1]:
        row.pop()
    return row


def _distinct(header: Sequence[str | None]) -> tuple[list[str | None], list[str]]:
    """The header with each name once, and the names that were made."""
    seen: dict[str, int] = {}
    names: list[str | None] = []
    made: list[str] = []
    for name in header:
        if name and name in seen:
            seen[name] += 1
            name = f"{name}.{seen[name]}"
            made.append(name)
        elif name:
            seen[name] = 0
        names.append(name)
    return names, made


def _text(value: Value) -> str | None:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") or None
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) <= WHOLE_FLOAT else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, timedelta):
        return _duration(value)
    return value.isoformat()


def _duration(value: timedelta) -> str:
    """Hours, minutes and seconds, more than a day of them as hours."""
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
