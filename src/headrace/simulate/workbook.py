"""Tables as an Excel workbook, in as few parts as a reader accepts.

Numbers and dates become numbers and dates of Excel, as they do when people type them; `007` stays text. Source:
ECMA-376 part 1, SpreadsheetML. The archive is stored, not compressed, so that its bytes are the same everywhere.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from headrace.simulate.table import Table

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES: Final = (
    f'<styleSheet xmlns="{SHEET}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
"""Two styles: 0 is none, 1 shows a number as a date."""

NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
FIRST_DAY: Final = date(1899, 12, 30)
"""The day that Excel counts from, for all dates after February 1900."""


def workbook(sheets: Mapping[str, Table]) -> bytes:
    """A workbook of these sheets, in order, each with its header in the first row."""
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>' for n in numbers
        )
        + "</Types>",
        "_rels/.rels": _relationships({"book": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="sheet{n}"/>'
            for n, name in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relationships(
            {"styles": ("styles", "styles.xml")}
            | {f"sheet{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
        ),
        "xl/styles.xml": STYLES,
    } | {f"xl/worksheets/sheet{n}.xml": _sheet(table) for n, table in zip(numbers, sheets.values(), strict=True)}
    return _archive(parts)


def _archive(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), DECLARATION + text)
    return buffer.getvalue()


def _relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _sheet(table: Table) -> str:
    rows = "".join(_row(number, row) for number, row in enumerate((table.columns, *table.rows), 1))
    return f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, row: tuple[str, ...]) -> str:
    cells = "".join(_cell(f"{_letters(place)}{number}", text) for place, text in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _cell(address: str, text: str) -> str:
    if not text:
        return ""
    if NUMBER.fullmatch(text):
        return f'<c r="{address}"><v>{text}</v></c>'
    if DATE.fullmatch(text):
        return f'<c r="{address}" s="1"><v>{(date.fromisoformat(text) - FIRST_DAY).days}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _letters(place: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
