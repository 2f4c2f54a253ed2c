"""Cells of a sheet that are merged over several rows: a workbook keeps their value in the first one only."""

from collections.abc import Sequence
from typing import TypeAlias

from headrace.convert.choices import CONFIGURED, Choices
from headrace.model.cells import Decision

Rows: TypeAlias = list[Sequence[str | None]]
Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""First row and column, last row and column, from 0."""


def settle_merged(
    rows: Rows, ranges: Sequence[Range], header: int, choices: Choices
) -> tuple[Rows, tuple[Decision, ...]]:
    """The rows, filled downwards where configuration says so, and what to say of merged cells below the header.

    Args:
        rows: of the sheet, from its top.
        ranges: what is merged.
        header: number of the header's record, from 1.
        choices: what configuration says of `merged-cells`: `filled`.
    """
    spans = [
        (top, left, bottom)
        for (top, left), (bottom, _) in ranges
        if header <= top < bottom and top < len(rows) and left < len(rows[top]) and rows[top][left]
    ]
    if not spans:
        return rows, ()
    if choices.get("merged-cells") != "filled":
        reason = f"{len(spans)} values stand in cells that are merged over several rows, and are read in the first only"
        return rows, (Decision("merged-cells", "first row", reason, "doubtful"),)
    filled = list(rows)
    for top, left, bottom in spans:
        for row in range(top + 1, min(bottom + 1, len(filled))):
            cells = [*filled[row], *[None] * (left + 1 - len(filled[row]))]
            cells[left] = rows[top][left]
            filled[row] = cells
    return filled, (Decision("merged-cells", "filled", CONFIGURED),)
