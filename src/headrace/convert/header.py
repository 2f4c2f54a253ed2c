"""Where a table begins: the header, below a title or column numbers where it is plain that there are any."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from headrace.model.cells import Decision

HEAD_RECORDS: Final = 50
"""How many records from the top are looked at."""

TITLE_RECORDS: Final = 10
"""How many records a title and its explanations may take."""

VALUE: Final = re.compile(r"[\s£$€+-]*\d[\d\s,./:%-]*|https?://.*", re.DOTALL | re.IGNORECASE)
"""A number, an amount, a date or a URL: what stands in a table, not above it."""

COLUMN_NUMBER: Final = re.compile(r"[1-9]\d{0,3}")

Record = Sequence[str | None]


def find_header(head: Sequence[Record]) -> tuple[int, Decision | None]:
    """Which record is the header: the first that is not blank, unless that is plainly a title or numbers the columns.

    It is a title when a later record fills at least three cells and three times as many as each one above it, all of
    them words, no two alike but for a few, and the records below put numbers, dates or URLs under those words. A first
    record that fills more than a third of the cells is never taken for a title. It numbers the columns when it counts
    up from 1.

    Args:
        head: the first records of the resource, blank ones included.

    Returns:
        the position of the header in `head`, from 0, and the decision when it is not the first that is not blank.
        0 when all are blank.
    """
    filled = [[position for position, cell in enumerate(record) if cell and cell.strip()] for record in head]
    written = [index for index, positions in enumerate(filled) if positions]
    if not written:
        return 0, None
    if len(written) > 1 and _numbers_columns(head[written[0]], filled[written[0]]):
        return written[1], Decision("header", f"record {written[1] + 1}", "the record above it numbers the columns")
    widest = 0
    for index in written[:TITLE_RECORDS]:
        width = len(filled[index])
        if widest and width >= 3 and width >= 3 * widest:
            below = [later for later in written if later > index]
            if _names_columns(head, filled, index, below):
                return index, _decision(index, written)
            break
        widest = max(widest, width)
    return written[0], None


def _numbers_columns(record: Record, positions: Sequence[int]) -> bool:
    written = [(record[position] or "").strip() for position in positions]
    if len(written) < 3 or written[0] != "1" or not all(COLUMN_NUMBER.fullmatch(one) for one in written):
        return False
    return all(int(one) < int(other) for one, other in pairwise(written))


def _names_columns(head: Sequence[Record], filled: list[list[int]], index: int, below: list[int]) -> bool:
    names = [(head[index][position] or "").strip() for position in filled[index]]
    if any(VALUE.fullmatch(name) for name in names) or len(set(names)) < 0.8 * len(names):
        return False
    if not any(3 * len(filled[later]) >= len(names) for later in below):
        return False
    columns = set(filled[index])
    return any(
        VALUE.fullmatch((head[later][position] or "").strip())
        for later in below
        for position in filled[later]
        if position in columns
    )


def _decision(index: int, written: list[int]) -> Decision:
    above = sum(1 for other in written if other < index)
    title = "the record above it is a title" if above == 1 else f"the {above} records above it are a title"
    return Decision("header", f"record {index + 1}", f"{title}, not column names")
