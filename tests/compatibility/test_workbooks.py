"""Cells of workbooks, which the existing platform gives other types than they have."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from configured import configure, rules, table
from headrace.convert.resource import convert_bytes
from headrace.model.cells import Cells, Unconverted
from headrace.transform.phases import transform

CASES = json.loads((Path(__file__).parent.parent / "cases" / "compatibility" / "workbooks.json").read_text())


def cells(*rows: list[Any]) -> Cells:
    """A workbook with one sheet of these rows, read."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, as_date = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, dict):
                    sheet.write_datetime(row, column, date.fromisoformat(value["date"]), as_date)
                else:
                    sheet.write(row, column, value)
    conversion = convert_bytes(file.getvalue())
    assert not isinstance(conversion, Unconverted), conversion
    return conversion.cells


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_a_cell_keeps_what_it_holds(case: dict[str, Any]) -> None:  # Any: the cases are JSON
    """Beside it the column has a blank cell, which would make numbers of another form."""
    frame = cells(["reference", "value"], ["A1", case["cell"]], ["A2", None]).frame
    assert case["read"] == frame["1"][1]


def test_patterns_for_unnamed_columns_are_about_workbooks() -> None:
    """Configuration skips the first row of a workbook by the names that its blank cells would have had."""
    configuration = configure(skip=table("skip", {"pattern": "^Unnamed: 0,Unnamed: 1,"}))
    sheet = cells([None, None, "Mandatory"], ["reference", "notes", "hectares"], ["A1", "x", 1])
    batch = transform(sheet, rules(configuration))
    assert ("reference", "notes", "hectares") == batch.header
