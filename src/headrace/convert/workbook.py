"""Workbooks: xlsx, xlsm, xlsb, xls and ods, as the text that their cells hold."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final, TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from headrace.convert.header import HEAD_RECORDS, find_header
from headrace.convert.sheet_extent import refuse_huge_sheets
from headrace.convert.table import Table, frame_of
from headrace.model.cells import Decision
from headrace.model.error import ConversionError

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

WHOLE_FLOAT: Final = 1e15
"""Below this size a whole number kept as a float is exact, and written without a decimal point."""


def read_workbook(data: bytes) -> Table:
    """The table of the sheet that holds it: the first that looks like one.

    Records are the rows of the sheet, numbered from its top. Text stays as it is (`001` stays `001`); whole numbers
    have no decimal point; dates are `YYYY-MM-DD`, with a time of day `YYYY-MM-DD HH:MM:SS`; booleans are `True` and
    `False`; cells that show an error are empty. Hidden rows and columns are read as others. A name that a header
    gives again becomes `name.1`, `name.2`, …, so that the first keeps it.

    Raises:
        ConversionError: the workbook is protected by a password, broken, too large, or holds no text.
    """
    refuse_huge_sheets(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return _read(workbook)
    except PasswordError as error:
        raise ConversionError("The workbook is protected by a password. Publish it without one.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise ConversionError(f"The workbook cannot be read: {error}. Save it again, or publish a CSV file.") from error
