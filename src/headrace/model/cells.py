"""The cells of a resource: what every format becomes before anything is known about its columns."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import polars as pl

Confidence: TypeAlias = Literal["sure", "likely", "doubtful"]
"""How far a decision can be relied on: it follows from the bytes; nothing speaks against it; a person should look."""

LINE = "line"
"""Name of the column of record numbers in a frame of cells or entries."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A resource read as text, header row included.

    Attributes:
        frame: column `line` (UInt32: number of the record in the resource, the first is 1), then String columns
            named "0", "1", …; one row per record, the header being the first one that is not blank. A null is a
            cell that the record does not have or that is empty.
        from_workbook: whether a workbook holds them; some configuration is about those only.
    """

    frame: pl.DataFrame
    from_workbook: bool = False

    @property
    def width(self) -> int:
        """Number of columns of text."""
        return self.frame.width - 1


@dataclass(frozen=True, slots=True)
class Decision:
    """One choice made while a resource was converted.

    Attributes:
        about: what was decided: `format`, `encoding`, `delimiter`, `sheet`, `layer`, `crs`, `member`, …
        choice: what was chosen, for example `cp1252`.
        reason: why, in a sentence.
        confidence: how far it can be relied on; a doubtful one becomes an issue.
    """

    about: str
    choice: str
    reason: str
    confidence: Confidence = "sure"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record of a resource that is neither its header nor an entry.

    Attributes:
        line: its number.
        reason: why it was left out, in a sentence.
        text: what it says, its cells joined by commas.
    """

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A resource that could be read.

    Attributes:
        cells: its text.
        mime_type: the media type found by content, with `;charset=` where the format is text.
        internal_path: the member that was read from an archive, with a leading slash.
        internal_mime_type: the media type of that member.
        decisions: each choice made on the way, in order.
        left_out: the records that are not among the cells, in order.
    """

    cells: Cells
    mime_type: str
    internal_path: str | None = None
    internal_mime_type: str | None = None
    decisions: tuple[Decision, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Unconverted:
    """A resource that could not be read as entries.

    Attributes:
        reason: why, in a sentence for its publisher.
        mime_type: the media type found by content, where one was recognised.
    """

    reason: str
    mime_type: str | None = None
