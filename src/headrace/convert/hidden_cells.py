"""Rows and columns that a sheet hides: filtered away, folded up, or put out of sight for good.

The library that reads workbooks does not tell them, so the XML of xlsx, xlsm and ods is asked. The binary formats, xls
and xlsb, are not looked into for it.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

import polars as pl

from headrace.convert.choices import CONFIGURED, Choices
from headrace.convert.sheet_extent import MAX_COLUMNS
from headrace.model.cells import LINE, Decision, LeftOut
from headrace.model.error import ConversionError

WAYS: Final = ("read", "left out")
REASON: Final = "the sheet hides its row"
SHOWN: Final = 10
"""How many rows or columns a reason names."""

MAX_ROWS: Final = 1_048_576
"""Rows of a sheet: more are not, however often a file says that one is repeated."""

ATTRIBUTE: Final = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
HIDDEN: Final = b"hidden="
TRUE: Final = ("1", "true")
"""How XML writes that something is so. Source: XML Schema, part 2, 3.2.2."""

ODS_TABLE: Final = re.compile(rb"<table:table\s[^>]*>")
ODS_PART: Final = re.compile(rb"<table:table-(row|column)\b[^>]*>")
ODS_HIDDEN: Final = ("collapse", "filter")
"""Of `table:visibility`. Source: OpenDocument 1.3, part 3, 19.768."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a sheet hides.

    Attributes:
        rows: their numbers, the first is 1.
        columns: their positions, the first is 0.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def find_hidden(data: bytes, sheet: str) -> Hidden | None:
    """What the sheet of a workbook hides; None where that is not known.

    Args:
        data: the workbook, one that can be read.
        sheet: its name.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "content.xml" in package.namelist():
                return _hidden_in_ods(package.read("content.xml"), sheet)
            return _hidden_in_xlsx(package.read(_part_of(package, sheet)))
    except (zipfile.BadZipFile, KeyError, ValueError):
        return None  # A binary format, or one that says it in a way of its own.


def settle_hidden(
    frame: pl.DataFrame, hidden: Hidden | None, header: int, choices: Choices
) -> tuple[pl.DataFrame, tuple[Decision, ...], tuple[LeftOut, ...]]:
    """The table, without what the sheet hides where configuration says so, what to say of it, and what is left out.

    Rows and columns in which nothing stands are not spoken of.

    Args:
        frame: as `Cells.frame`, upright.
        hidden: what is hidden; None where that is not known.
        header: number of the header's record.
        choices: what configuration says of `hidden-cells`: one of `WAYS`.

    Raises:
        ConversionError: that is none of them.
    """
    way = choices.get("hidden-cells", WAYS[0])
    if way not in WAYS:
        raise ConversionError(f"The configuration chooses {way!r} for hidden cells; choose {' or '.join(WAYS)}.")
    if hidden is None:
        reason = "whether the sheet hides rows or columns is not known of this format: all are read"
        return frame, (Decision("hidden-cells", WAYS[0], reason, "likely"),), ()
    cells = pl.any_horizontal(pl.exclude(LINE).is_not_null())
    in_hidden_row = pl.col(LINE).is_in(hidden.rows) & (pl.col(LINE) > header) & cells
    rows = frame.filter(in_hidden_row)
    columns = {
        str(position): _name(frame, str(position), header)
        for position in sorted(hidden.columns)
        if str(position) in frame.columns and frame[str(position)].count()
    }
    if rows.is_empty() and not columns:
        return frame, (), ()
    told = " and ".join(filter(None, (_list("row", list(map(str, rows[LINE]))), _list("column", [*columns.values()]))))
    if way == WAYS[0]:
        reason = f"the sheet hides {told}; they hold something, and are read like others"
        return frame, (Decision("hidden-cells", way, reason, "likely"),), ()
    kept = frame.filter(~in_hidden_row).with_columns(pl.lit(None, pl.String).alias(column) for column in columns)
    left_out = tuple(
        LeftOut(line, REASON, ",".join(cell or "" for cell in record).rstrip(",")) for line, *record in rows.iter_rows()
    )
    return kept, (Decision("hidden-cells", way, f"{CONFIGURED}: the sheet hides {told}"),), left_out


def _name(frame: pl.DataFrame, column: str, header: int) -> str:
    names = frame.filter(pl.col(LINE) == header)[column]
    return (names[0] if len(names) else None) or f"the {int(column) + 1}th"


def _list(what: str, names: list[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
    return f"{len(names)} {what}{'s' if len(names) > 1 else ''} ({shown})"


def _attributes(element: bytes) -> Mapping[str, str]:
    """The attributes of an element by their names without a prefix."""
    return {
        name.rpartition(b":")[2].decode(): unescape((double or single).decode(errors="replace"))
        for name, double, single in ATTRIBUTE.findall(element)
    }


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """The path of the sheet's XML in its package; KeyError where there is none."""
    sheets = {each["name"]: each["id"] for each in map(_attributes, SHEET.findall(package.read("xl/workbook.xml")))}
    relations = map(_attributes, RELATION.findall(package.read("xl/_rels/workbook.xml.rels")))
    target = {each["Id"]: each["Target"] for each in relations}[sheets[sheet]]
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")


def _hidden_in_xlsx(xml: bytes) -> Hidden:
    """Source: ECMA-376, part 1, 18.3.1.13 (col) and 18.3.1.73 (row)."""
    if HIDDEN not in xml:
        return Hidden()
    rows: set[int] = set()
    number = 0
    for said in map(_attributes, ROW.findall(xml)):
        number = int(said.get("r", number + 1))  # A row that does not say its number is the next one.
        if said.get("hidden") in TRUE:
            rows.add(number)
    columns: set[int] = set()
    for said in map(_attributes, COLUMN.findall(xml[: xml.find(b"sheetData")])):
        if said.get("hidden") in TRUE:
            columns.update(range(int(said["min"]) - 1, min(int(said["max"]), MAX_COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns))


def _hidden_in_ods(xml: bytes, sheet: str) -> Hidden:
    """Source: OpenDocument 1.3, part 3, 9.1.3 (rows) and 9.1.6 (columns)."""
    tables = list(ODS_TABLE.finditer(xml))
    for table, end in zip(tables, [*(each.start() for each in tables[1:]), len(xml)], strict=True):
        if _attributes(table[0]).get("name") == sheet:
            part = xml[table.end() : end]
            rows = frozenset(position + 1 for position in _hidden_positions(part, b"row"))
            return Hidden(rows, frozenset(_hidden_positions(part, b"column")))
    return Hidden()


def _hidden_positions(xml: bytes, kind: bytes) -> Iterator[int]:
    """Positions of rows or columns; a run of equal ones is written once."""
    position = 0
    for found in ODS_PART.finditer(xml):
        if found[1] != kind:
            continue
        said = _attributes(found[0])
        repeated = int(said.get(f"number-{kind.decode()}s-repeated", 1))
        if said.get("visibility") in ODS_HIDDEN:
            yield from range(position, min(position + repeated, MAX_ROWS))
        position += repeated
