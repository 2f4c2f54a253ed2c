"""Workbooks: xlsx, xlsm, xlsb, xls and ods, as the text that their cells hold."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from headrace.convert.choices import NO_CHOICES, Choices
from headrace.convert.compound_file import SIGNATURE, refuse_circles
from headrace.convert.header import HEAD_RECORDS
from headrace.convert.hidden_cells import find_hidden, settle_hidden
from headrace.convert.layout import find_layout, lay_out
from headrace.convert.merged_cells import settle_merged
from headrace.convert.sheet_choice import choose_sheet
from headrace.convert.sheet_extent import refuse_huge_sheets
from headrace.convert.table import Table, frame_of, without_blank_columns
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

WHOLE_FLOAT: Final = 2.0**53
"""Up to this size a whole number kept as a float is exact, and written without a decimal point."""


def read_workbook(data: bytes, choices: Choices = NO_CHOICES) -> Table:
    """The table of the sheet that holds it.

    Records are the rows of the sheet, numbered from its top. Text stays as it is (`001` stays `001`); whole numbers
    have no decimal point; dates are `YYYY-MM-DD`, with a time of day `YYYY-MM-DD HH:MM:SS`; booleans are `True` and
    `False`; cells that show an error are empty. Hidden rows and columns are read as others, unless configuration says
    otherwise, and told. A name that the first row gives again becomes `name.1`, `name.2`, …, so that the first keeps
    it.

    Args:
        data: the workbook.
        choices: what configuration says of `sheet`, `header`, `orientation`, `merged-cells` and `hidden-cells`.

    Raises:
        ConversionError: the workbook is protected by a password, broken, too large, or holds no text; or a
            choice cannot be followed.
    """
    if data.startswith(SIGNATURE):
        refuse_circles(data)
    refuse_huge_sheets(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return _read(data, workbook, choices)
    except PasswordError as error:
        raise ConversionError("The workbook is protected by a password. Publish it without one.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise ConversionError(f"The workbook cannot be read: {error}. Save it again, or publish a CSV file.") from error


def _read(data: bytes, workbook: CalamineWorkbook, choices: Choices) -> Table:
    sheet, decision = choose_sheet(workbook, _record, choices)
    decisions = [decision]
    rows = _rows(sheet)
    layout = find_layout(rows[:HEAD_RECORDS], choices, whole=len(rows) <= HEAD_RECORDS)
    rows, merged = settle_merged(rows, sheet.merged_cell_ranges or (), layout.last, choices)
    decisions += (*layout.decisions, *merged)
    if layout.last == 1 and any(rows[0]):
        rows[0], repeated = _distinct(rows[0])
        if repeated:
            decisions.append(Decision("column", ", ".join(repeated), "the name was taken by a column before"))
    frame, left_out = lay_out(frame_of(rows), layout)
    if layout.transposed:
        return Table(frame, tuple(decisions), left_out)
    frame, about_hidden, hidden = settle_hidden(frame, find_hidden(data, sheet.name), layout.last, choices)
    in_order = sorted((*left_out, *hidden), key=lambda record: record.line)
    return Table(without_blank_columns(frame), (*decisions, *about_hidden), tuple(in_order))


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
    row = [value if type(value) is str and "\r" not in value else _text(value) for value in values]
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
