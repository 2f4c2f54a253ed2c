"""A writer of xlsb workbooks, as small as one can be: no library writes them.

Source: [MS-XLSB], 2.1.4 (records), 2.4 (the records themselves).
"""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_xlsb(sheets: Mapping[str, Sequence[Sequence[str | float | None]]]) -> bytes:
    """A workbook with the sheets in the order given; cells are text, numbers or nothing."""
    bundle = b"".join(
        _record(156, struct.pack("<II", 0, number) + _text(f"rId{number}") + _text(name))
        for number, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(sheets) + 1)
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.bin", _record(131) + _record(143) + bundle + _record(144) + _record(132))
        package.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>')
        for number, rows in enumerate(sheets.values(), start=1):
            package.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(rows))
    return file.getvalue()


def _sheet(rows: Sequence[Sequence[str | float | None]]) -> bytes:
    width = max(map(len, rows))
    written = b"".join(
        _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)) + b"".join(_cells(row))
        for number, row in enumerate(rows)
    )
    extent = _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    return _record(129) + extent + _record(145) + written + _record(146) + _record(130)


def _cells(row: Sequence[str | float | None]) -> list[bytes]:
    cells = []
    for column, value in enumerate(row):
        place = struct.pack("<II", column, 0)
        if isinstance(value, str):
            cells.append(_record(6, place + _text(value)))
        elif value is not None:
            cells.append(_record(5, place + struct.pack("<d", value)))
    return cells


def _text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def _record(kind: int, payload: bytes = b"") -> bytes:
    return _number(kind) + _number(len(payload)) + payload


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    head = b""
    while value > 0x7F:
        head += bytes([value & 0x7F | 0x80])
        value >>= 7
    return head + bytes([value])
