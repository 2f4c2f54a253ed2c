"""A file read in parts, as every reader of large files gives it."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from headrace.model.cells import Decision, LeftOut


@dataclass(frozen=True, slots=True)
class FileParts:
    """A file in parts.

    Attributes:
        mime_type, decisions: as in `Converted`.
        frames: as `Cells.frame`, from the header on; record numbers go on from one to the next.
        left_out: as in `Converted`.
    """

    mime_type: str
    decisions: tuple[Decision, ...]
    frames: Iterator[pl.DataFrame]
    left_out: tuple[LeftOut, ...] = ()
