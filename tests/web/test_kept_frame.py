from pathlib import Path

import polars as pl

from headrace.flow.stream import Passages, passages
from headrace.model.event import EVENT_SCHEMA
from headrace.web.kept_frame import KeptFrames


def test_a_frame_is_made_once_for_a_record_and_again_for_the_next() -> None:
    """Each lake has its own."""
    made: list[Passages] = []

    def make(passed: Passages) -> pl.DataFrame:
        made.append(passed)
        return pl.DataFrame({"number": [len(made)]})

    first, second = (passages(pl.DataFrame(schema=EVENT_SCHEMA)) for _ in range(2))
    frames = KeptFrames(make)
    asked = [(Path("a"), first), (Path("a"), first), (Path("b"), first), (Path("a"), second), (Path("a"), second)]
    assert [1, 1, 2, 3, 3] == [frames.of(lake, passed).item() for lake, passed in asked]
