"""Which sheet of a workbook holds the table."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from headrace.convert.choices import CONFIGURED, Choices
from headrace.convert.header import HEAD_RECORDS, Record, find_header
from headrace.model.cells import Confidence, Decision
from headrace.model.error import ConversionError

SET_ASIDE: Final = re.compile(r"example|sample|template|delet|remov|reject|archiv|superseded", re.IGNORECASE)
"""What sheets are called whose rows are not meant to be read."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sheet that holds text, with its first rows."""

    sheet: CalamineSheet
    head: list[Record]


def choose_sheet(
    workbook: CalamineWorkbook, record: Callable[..., Record], choices: Choices
) -> tuple[CalamineSheet, Decision]:
    """The sheet to read: the first that can be seen and holds a table, or else the first with any text.

    The choice is doubtful when another sheet holds a table with the same columns, and its name does not say that its
    rows are examples or were set aside: perhaps it should have been read as well.

    Args:
        workbook: open.
        record: makes the cells of a row from its values.
        choices: what configuration says of `sheet`: its name.

    Raises:
        ConversionError: no sheet holds text, or none is called as configuration says.
    """
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets]
    hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
    if (chosen := choices.get("sheet")) is not None:
        if chosen not in names:
            raise ConversionError(f"The configuration chooses the sheet {chosen!r} of a workbook with {_list(names)}.")
        return workbook.get_sheet_by_name(chosen), Decision(
            "sheet", chosen, CONFIGURED + _unread(names, chosen, hidden)
        )
    seen = [_see(workbook, name, record) for name in sorted(names, key=lambda name: name in hidden)]
    written = [one for one in seen if one.head]
    if not written:
        raise ConversionError("The workbook holds no text in any of its sheets. Publish one with a table.")
    tables = [one for one in written if _is_table(one.head)]
    found = (tables or written)[0]
    reason, confidence = _reason(found, tables, names)
    name = found.sheet.name
    if name in hidden:
        reason, confidence = f"{reason}, although it is hidden", "doubtful"
    return found.sheet, Decision("sheet", name, reason + _unread(names, name, hidden), confidence)


def _see(workbook: CalamineWorkbook, name: str, record: Callable[..., Record]) -> _Seen:
    sheet = workbook.get_sheet_by_name(name)
    return _Seen(sheet, list(islice(filter(any, map(record, sheet.iter_rows())), HEAD_RECORDS)))


def _is_table(head: Sequence[Record]) -> bool:
    """Two records at least that fill two cells each."""
    return sum(1 for row in head if sum(map(bool, row)) >= 2) >= 2


def _reason(found: _Seen, tables: Sequence[_Seen], names: Sequence[str]) -> tuple[str, Confidence]:
    if not tables:
        return "no sheet holds a table of two columns or more; this is the first that holds text", "likely"
    alike = [
        other.sheet.name
        for other in tables
        if other is not found and not SET_ASIDE.search(other.sheet.name) and _share_columns(found.head, other.head)
    ]
    reason = "the first sheet" if found.sheet.name == names[0] else "the first sheet that holds a table"
    if alike:
        return f"{reason}; the same columns are in {_list(alike)}", "doubtful"
    return reason, "sure" if len(tables) == 1 else "likely"


def _share_columns(head: Sequence[Record], other: Sequence[Record]) -> bool:
    """Whether two tables have at least three names of columns in common, and half of those of the narrower."""
    ours, theirs = _columns(head), _columns(other)
    common = len(ours & theirs)
    return common >= 3 and 2 * common >= min(len(ours), len(theirs))


def _columns(head: Sequence[Record]) -> set[str]:
    names = head[find_header(head)[0]]
    return {re.sub(r"\W", "", name).lower() for name in names if name and name.strip()}


def _unread(names: Sequence[str], chosen: str, hidden: Sequence[str]) -> str:
    others = [f"{name} (hidden)" if name in hidden else name for name in names if name != chosen]
    return f"; not read: {_list(others)}" if others else ""


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)[:300]
