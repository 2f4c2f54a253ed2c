"""How a table lies in a resource: which records are its header, which are neither header nor entry, which way round."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

import polars as pl

from headrace.convert.choices import CONFIGURED, Choices
from headrace.convert.header import HEAD_RECORDS, VALUE, Record, find_header, is_example, is_hint
from headrace.convert.table import frame_of, without_blank_columns
from headrace.model.cells import LINE, Decision, LeftOut
from headrace.model.error import ConversionError

CHOSEN_HEADER: Final = re.compile(r"(?:records? )?(\d{1,4})(?:(?:-| to )(\d{1,4}))?")

WORDS_FOR_FIELD: Final = re.compile(r"\s*(field|column|attribute|heading)s?( names?)?\s*", re.IGNORECASE)

ORIENTATIONS: Final = ("upright", "transposed")

BLANK: Final = "every cell is blank"
ABOVE: Final = "it stands above the header"
HINT: Final = "it says how to fill in the columns"
SHOWS: Final = "it is an example of how to fill in the columns"

WAYS_OF_EXAMPLES: Final = ("left out", "read")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header is, in numbers of records.

    Attributes:
        first, last: the first and last record of the header; what is above is no part of the table.
        hints: records below the header that say how to fill in the columns.
        examples: records below those that show it.
        transposed: whether each column is an entry, and the first one the header.
        decisions: why, where it is worth saying.
    """

    first: int = 1
    last: int = 1
    hints: tuple[int, ...] = ()
    examples: tuple[int, ...] = ()
    transposed: bool = False
    decisions: tuple[Decision, ...] = ()

    @property
    def top(self) -> int:
        """The number of the last record that is to be looked at by itself."""
        return max((self.last, *self.hints, *self.examples))


def find_layout(head: Sequence[Record], choices: Choices, whole: bool = False) -> Layout:
    """The layout that the first records show, or configuration chooses.

    Args:
        head: the first records of the resource, blank ones included.
        choices: what configuration says of `header` (`3`, or `3-4` for a header of two records, whose names are joined)
            of `orientation` (`upright` or `transposed`), and of `examples` (`left out` or `read`).
        whole: whether there are no other records.

    Raises:
        ConversionError: a choice is of no known form, or names a record that is not among the first.
    """
    orientation = _orientation(head, choices, whole)
    if orientation is not None and orientation.choice == "transposed":
        return Layout(transposed=True, decisions=(orientation,))
    if (chosen := choices.get("header")) is not None:
        first, last = _chosen_header(chosen)
        header, decision = last, Decision("header", f"record {chosen.removeprefix('record ')}", CONFIGURED)
    else:
        position, found = find_header(head)
        header = position + 1
        decision = found or Decision("header", f"record {header}", "the first that is not blank")
        first = last = header if found is not None else 1
    below = [number for number, record in enumerate(head, start=1) if number > header and any(record)]
    hints = tuple(below[:1]) if below and is_hint(head[below[0] - 1]) else ()
    shown = tuple(takewhile(lambda number: is_example(head[number - 1]), below[len(hints) :]))
    examples, about_examples = _settle_examples(shown, choices)
    return Layout(first, last, hints, examples, decisions=tuple(filter(None, (orientation, decision, about_examples))))


def _settle_examples(found: tuple[int, ...], choices: Choices) -> tuple[tuple[int, ...], Decision | None]:
    """The examples that are left out, and what to say of those that were found."""
    chosen = choices.get("examples", WAYS_OF_EXAMPLES[0])
    if chosen not in WAYS_OF_EXAMPLES:
        raise ConversionError(
            f"The configuration chooses {chosen!r} for examples; choose {' or '.join(WAYS_OF_EXAMPLES)}."
        )
    if not found:
        return (), None
    records = f"record{'s' if len(found) > 1 else ''} {', '.join(map(str, found))}"
    if "examples" in choices:
        decision = Decision("examples", chosen, f"{CONFIGURED} of {records}")
    else:
        decision = Decision("examples", chosen, f"{records} below the header say that they are examples", "likely")
    return found if chosen == WAYS_OF_EXAMPLES[0] else (), decision


def lay_out(frame: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, tuple[LeftOut, ...]]:
    """The table without what is neither header nor entry, and what that was.

    Args:
        frame: as `Cells.frame`, with every record up to `layout.top`; all records where it is transposed.
        layout: of the resource.
    """
    if layout.transposed:
        return _transpose(frame), ()
    if layout.top == 1:
        return without_blank_columns(frame), ()
    line = pl.col(LINE)
    above = frame.filter(line < layout.first)
    hints, examples = (frame.filter(line.is_in(numbers)) for numbers in (layout.hints, layout.examples))
    left_out = (*_left_out(above, ABOVE), *_left_out(hints, HINT), *_left_out(examples, SHOWS))
    if layout.last > layout.first:
        frame = _join_names(frame, layout)
    kept = frame.filter((line >= layout.last) & ~line.is_in([*layout.hints, *layout.examples]))
    return without_blank_columns(kept), left_out


def _chosen_header(chosen: str) -> tuple[int, int]:
    numbers = CHOSEN_HEADER.fullmatch(chosen.strip())
    first, last = (int(numbers[1]), int(numbers[2] or numbers[1])) if numbers else (0, 0)
    if not 1 <= first <= last <= HEAD_RECORDS:
        raise ConversionError(
            f"The configuration chooses the header {chosen!r}; write the number of its record, from 1 to "
            f"{HEAD_RECORDS}, or two such as 3-4."
        )
    return first, last


def _left_out(records: pl.DataFrame, reason: str) -> Iterator[LeftOut]:
    for line, *cells in records.iter_rows():
        text = ",".join(cell or "" for cell in cells).rstrip(",")
        yield LeftOut(line, reason if text else BLANK, text)


def _join_names(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """The frame with the names of all records of the header in the last."""
    parts = frame.filter(pl.col(LINE).is_between(layout.first, layout.last)).drop(LINE)
    names = {column: " ".join(parts[column].drop_nulls().str.strip_chars()) or None for column in parts.columns}
    is_header = pl.col(LINE) == layout.last
    return frame.with_columns(
        pl.when(is_header).then(pl.lit(name, pl.String)).otherwise(pl.col(column)).alias(column)
        for column, name in names.items()
    )


def _orientation(head: Sequence[Record], choices: Choices, whole: bool) -> Decision | None:
    if (chosen := choices.get("orientation")) is not None:
        if chosen not in ORIENTATIONS:
            raise ConversionError(
                f"The configuration chooses the orientation {chosen!r}; choose {' or '.join(ORIENTATIONS)}."
            )
        return Decision("orientation", chosen, CONFIGURED)
    if whole and _is_transposed(head):
        reason = "the first column names the fields, each row holds values of one kind, and each column is an entry"
        return Decision("orientation", "transposed", reason, "likely")
    return None


def _is_transposed(head: Sequence[Record]) -> bool:
    """Whether the first column is headed as one of field names, and it is rows, not columns, that are of one kind."""
    records = [[(cell or "").strip() for cell in record] for record in head if any(record)]
    names = [record[0] for record in records]
    if len(records) < 5 or not WORDS_FOR_FIELD.fullmatch(names[0]):
        return False
    if len(set(names)) < len(names) or not all(names) or any(VALUE.fullmatch(name) for name in names):
        return False
    kinds = [{bool(VALUE.fullmatch(cell)) for cell in record[1:] if cell} for record in records[1:]]
    return {True} in kinds and {False} in kinds and kinds.count({True, False}) * 5 < len(kinds)


def _transpose(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns as records, each numbered by its position."""
    return frame_of([frame[column].to_list() for column in frame.columns if column != LINE])
