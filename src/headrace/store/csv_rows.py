"""Rows of a CSV file that others have made: what can be read is read, and what cannot is told."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from headrace.model.error import SettingsError


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a file.

    Attributes:
        columns: the names in its header, in lower case, with `-` for blanks and underlines.
        rows: the number of the line on which each ends, with its cells by column, blanks around them removed.
        faults: rows with more or fewer cells than the header, each in a sentence with its line.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    faults: tuple[str, ...]


def read_csv_rows(path: Path) -> CsvRows:
    """The rows of a CSV file in UTF-8; empty lines are no rows.

    Raises:
        SettingsError: the file cannot be read as text, or has no header.
    """
    rows: list[tuple[int, Mapping[str, str]]] = []
    faults: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            columns = tuple(name.strip().lower().replace(" ", "-").replace("_", "-") for name in next(reader, ()))
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(columns):
                    faults.append(
                        f"{path.name}:{reader.line_num}: the row has {len(cells)} cells, expected {len(columns)}"
                    )
                    continue
                rows.append((reader.line_num, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path}: cannot be read as CSV in UTF-8: {error}") from error
    if not columns:
        raise SettingsError(f"{path}: it is empty; expected a header")
    return CsvRows(columns, tuple(rows), tuple(faults))
