"""In which column and row of its lane each step of a stage stands, and how the width is shared among stages."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from headrace.model.service_map import Step


@dataclass(frozen=True, slots=True)
class Cell:
    """A place within a stage and a lane, both from 0."""

    column: int
    row: int


def rows_of(cells: Iterable[Cell]) -> int:
    """How many rows these cells take."""
    return max((cell.row + 1 for cell in cells), default=0)


def place_cards(steps: Sequence[Step], columns: int) -> dict[str, Cell]:
    """The cell of every step of one stage, by its id.

    In each lane steps stand in reading order; where they branch, each branch has a column of its own if that takes
    hardly more rows. A step that is alone in its row stands beneath or above what it is joined to.
    """
    lanes: dict[str, list[Step]] = {}
    for step in steps:
        lanes.setdefault(step.lane, []).append(step)
    placed: dict[str, Cell] = {}
    for lane in sorted(lanes.values(), key=len, reverse=True):
        placed.update(_place_lane(lane, columns, steps, placed))
    return placed


def spread_units(
    steps: Mapping[str, Sequence[Step]], fewest: Mapping[str, int], most: int
) -> Iterator[Mapping[str, int]]:
    """Ways to share units of width among stages: from what each needs, one more at a time to the tallest."""
    units = dict(fewest)
    yield dict(units)
    while sum(units.values()) < most:
        heights = {stage: _height(steps[stage], units[stage]) for stage in units}
        tallest = max(heights, key=lambda stage: heights[stage])
        if heights[tallest] <= 1:
            return
        units[tallest] += 1
        yield dict(units)


def _height(steps: Sequence[Step], columns: int) -> int:
    cells = place_cards(steps, columns)
    lanes = {step.lane for step in steps}
    return max((rows_of(cells[step.step] for step in steps if step.lane == lane) for lane in lanes), default=0)


def _place_lane(
    lane: Sequence[Step], columns: int, steps: Sequence[Step], placed: Mapping[str, Cell]
) -> dict[str, Cell]:
    reading = {step.step: Cell(number % columns, number // columns) for number, step in enumerate(lane)}
    here = {step.step for step in lane}
    if any(sum(other in here for other in step.next) > 1 for step in lane) and columns > 1:
        branching = _branches(lane, columns, steps, placed)
        if rows_of(branching.values()) <= rows_of(reading.values()) + 1:
            return branching
    if len(lane) < columns:
        return _beneath(lane, columns, steps, placed)
    return reading


def _branches(lane: Sequence[Step], columns: int, steps: Sequence[Step], placed: Mapping[str, Cell]) -> dict[str, Cell]:
    """Each branch in a column of its own, each step lower than the one before it."""
    by_id = {step.step: step for step in lane}
    cells: dict[str, Cell] = {}
    free = [0] * columns
    led_to = {other for step in lane for other in step.next}
    for root in sorted(lane, key=lambda step: step.step in led_to):
        if root.step in cells:
            continue
        column = _column_before(root, steps, cells, placed)
        waiting = deque([(root, column if column is not None else free.index(min(free)), 0)])
        while waiting:
            step, column, row = waiting.popleft()
            if step.step in cells:
                continue
            cells[step.step] = Cell(column, max(row, free[column]))
            free[column] = row = cells[step.step].row + 1
            follows = [by_id[other] for other in step.next if other in by_id and other not in cells]
            for number, other in enumerate(follows):
                aside = column + number if column + number < columns else column - number
                waiting.append((other, max(aside, 0), row))
    return cells


def _column_before(
    step: Step, steps: Sequence[Step], cells: Mapping[str, Cell], placed: Mapping[str, Cell]
) -> int | None:
    """The column of what leads to a step through another lane; None where nothing does."""
    for before in steps:
        if step.step in before.next:
            for other in (before.step, *before.linked):
                if other in cells:
                    return cells[other].column
                if other in placed:
                    return placed[other].column
    return None


def _beneath(lane: Sequence[Step], columns: int, steps: Sequence[Step], placed: Mapping[str, Cell]) -> dict[str, Cell]:
    """One row, each step in the column of what it is joined to, as far as these are free and in order."""
    cells: dict[str, Cell] = {}
    lowest = 0
    for number, step in enumerate(lane):
        joined = {
            *step.next,
            *step.linked,
            *(other.step for other in steps if step.step in (*other.next, *other.linked)),
        }
        wanted = [placed[other].column for other in joined if other in placed]
        highest = columns - (len(lane) - number)
        column = min(max(min(wanted, default=lowest), lowest), highest)
        cells[step.step] = Cell(column, 0)
        lowest = column + 1
    return cells
