"""Measures by name: `collect.wait_p85_s` is a number of a stage, `data.lead_p85_s` one of a stream."""

from typing import Final

import polars as pl

from headrace.flow.stream import Stream
from headrace.model.error import MeasureError

NUMBERS: Final = (pl.Int64, pl.UInt32, pl.Float64, pl.Int32, pl.UInt64, pl.Float32)


def read_measure(stream: Stream, reference: str) -> float | None:
    """The number that a reference names; None where it has not been measured.

    A reference is `<stage or stream>.<column>`.

    Raises:
        MeasureError: there is no such stage, stream or column, or the column is no number; says what there is.
    """
    frame, key, name, column = find_measure(stream.stages, stream.streams, reference)
    value = frame.filter(pl.col(key) == name)[column][0]
    return None if value is None else float(value)


def find_measure(stages: pl.DataFrame, streams: pl.DataFrame, reference: str) -> tuple[pl.DataFrame, str, str, str]:
    """Which frame holds a measure, by which key and name, in which column.

    Raises:
        MeasureError: see `read_measure`.
    """
    name, dot, column = reference.rpartition(".")
    if not dot:
        raise MeasureError(f"{reference!r} is no measure: expected <stage or stream>.<column>")
    for frame, key in ((stages, "stage"), (streams, "stream")):
        if name in frame[key]:
            numbers = [each for each, kind in frame.schema.items() if kind in NUMBERS]
            if column in numbers:
                return frame, key, name, column
            raise MeasureError(
                f"{reference!r} is no measure: the {key} {name!r} has no number {column!r}; it has {', '.join(numbers)}"
            )
    known = ", ".join([*stages["stage"], *streams["stream"]])
    raise MeasureError(f"{reference!r} is no measure: there is no stage or stream {name!r}; there are {known}")
