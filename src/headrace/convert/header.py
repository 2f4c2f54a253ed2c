"""Where a table begins: the header, below a title, hints or column numbers where it is plain that there are any."""

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

DATE_PATTERN: Final = re.compile(r"\W*(y{2,4}|m{1,3}|d{1,2})([-/. ](y{2,4}|m{1,3}|d{1,2})){1,2}\W*", re.IGNORECASE)
"""How a date is to be written: `yyyy-mm-dd`, `DD/MM/YY`."""

EXAMPLE: Final = re.compile(r"\W*(an )?(example|sample)s?( (row|record|entry|site|data|only))?\W*", re.IGNORECASE)
"""What a record says of itself that shows how others are to be filled in."""

BY_EXAMPLE: Final = re.compile(r"\W*(e\.g\.|eg[:. ]|for example\b|example[:-]).*", re.DOTALL | re.IGNORECASE)
"""How a cell begins that shows what is to be written into others: `e.g. BR/001`."""

OBLIGATION: Final = re.compile(r"\s*(mandatory|optional|required|conditional)\s*", re.IGNORECASE)
IN_BRACKETS: Final = re.compile(r"\s*\(.*\)\s*", re.DOTALL)

Record = Sequence[str | None]


def find_header(head: Sequence[Record]) -> tuple[int, Decision | None]:
    """Which record is the header: the first that is not blank, unless that is plainly something else.

    It is a title when a later record fills at least three cells and three times as many as each one above it, all of
    them words, no two alike but for a few, and the records below put numbers, dates or URLs under those words. A first
    record that fills more than a third of the cells is never taken for a title. It numbers the columns when it counts
    up from 1. It is a hint when `is_hint` says so.

    Args:
        head: the first records of the resource, blank ones included.

    Returns:
        the position of the header in `head`, from 0, and the decision when it is not the first that is not blank, or
        is doubtful. 0 when all are blank.
    """
    filled = [[position for position, cell in enumerate(record) if cell and cell.strip()] for record in head]
    written = [index for index, positions in enumerate(filled) if positions]
    if not written:
        return 0, None
    numbered = len(written) > 1 and _numbers_columns(head[written[0]], filled[written[0]])
    found = written[1] if numbered else _below_title(head, filled, written)
    while is_hint(head[found]) and found < written[-1]:
        found = written[written.index(found) + 1]
    if found == written[0]:
        return found, _doubt(head, filled, written)
    if is_hint(head[found - 1]):
        return found, Decision("header", f"record {found + 1}", "the record above it says how to fill in the columns")
    if numbered:
        return found, Decision("header", f"record {found + 1}", "the record above it numbers the columns")
    return found, _decision(found, written)


def is_hint(record: Record) -> bool:
    """Whether a record says how to fill in the columns: every cell does, and it is plain from one or from many.

    Plain are a pattern of dates, or `Mandatory`, `Optional` and the like in three cells; words in brackets may stand
    beside them.
    """
    cells = [cell for cell in record if cell and cell.strip()]
    dates = sum(1 for cell in cells if DATE_PATTERN.fullmatch(cell))
    obligations = sum(1 for cell in cells if OBLIGATION.fullmatch(cell))
    in_brackets = sum(1 for cell in cells if IN_BRACKETS.fullmatch(cell) and not DATE_PATTERN.fullmatch(cell))
    return dates + obligations + in_brackets == len(cells) and (dates > 0 or obligations >= 3)


def is_example(record: Record) -> bool:
    """Whether a record shows how others are to be filled in: its first word says so, or half of its cells do."""
    cells = [cell for cell in record if cell and cell.strip()]
    by_example = sum(1 for cell in cells if BY_EXAMPLE.fullmatch(cell))
    return len(cells) > 1 and (bool(EXAMPLE.fullmatch(cells[0])) or 2 * by_example >= len(cells))


def _below_title(head: Sequence[Record], filled: list[list[int]], written: list[int]) -> int:
    widest = 0
    for index in written[:TITLE_RECORDS]:
        width = len(filled[index])
        if widest and width >= 3 and width >= 3 * widest:
            below = [later for later in written if later > index]
            if _names_columns(head, filled, index, below):
                return index
            break
        widest = max(widest, width)
    return written[0]


def _numbers_columns(record: Record, positions: Sequence[int]) -> bool:
    written = [(record[position] or "").strip() for position in positions]
    if len(written) < 3 or written[0] != "1" or not all(COLUMN_NUMBER.fullmatch(one) for one in written):
        return False
    return all(int(one) < int(other) for one, other in pairwise(written))


def _names_columns(head: Sequence[Record], filled: list[list[int]], index: int, below: list[int]) -> bool:
    names = [(head[index][position] or "").strip() for position in filled[index]]
    if is_hint(head[index]):
        return True  # The names are below it.
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
    return Decision("header", f"record {index + 1}", f"{title}, not column names", "likely")


def _doubt(head: Sequence[Record], filled: list[list[int]], written: list[int]) -> Decision | None:
    """What to say of a header that looks like one more record of what follows it."""
    index = written[0]
    names = {position: (head[index][position] or "").strip() for position in filled[index]}
    values = {position for position, name in names.items() if VALUE.fullmatch(name)}
    alike = [
        later
        for later in written[1:]
        if values <= {position for position in filled[later] if VALUE.fullmatch((head[later][position] or "").strip())}
    ]
    if len(values) < 2 or 2 * len(values) < len(names) or 2 * len(alike) < len(written) - 1 or not alike:
        return None
    reason = (
        f"{len(values)} of its {len(names)} cells are numbers, dates or URLs, as in the records below: the names of "
        "the columns may be missing"
    )
    return Decision("header", f"record {index + 1}", reason, "doubtful")
