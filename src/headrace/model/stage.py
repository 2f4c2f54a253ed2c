"""The stage model: which stages items pass, in which stream, and what is expected of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class StageModel:
    """One stage of a stream: a box of the value stream with the queue in front of it.

    Attributes:
        stage: its name, which no other stage of any stream has.
        stream: the name of its stream.
        title: the name as people read it.
        item_type: what flows through it: `endpoint`, `resource`, `provision`, `consideration` …
        role: who does the work there: `pipeline`, `data manager`, `data provider` …
        waits_for: what an item waits for there as a rule: a word of `headrace.flow.awaited.Awaited`.
        expected_wait_s: seconds within which an item should have been taken up; None where nobody expects anything.
        expected_work_s: seconds that the work should take; None where nobody expects anything.
        description: what is done there, in a line.
    """

    stage: str
    stream: str
    title: str
    item_type: str
    role: str
    waits_for: str
    expected_wait_s: float | None
    expected_work_s: float | None
    description: str


@dataclass(frozen=True, slots=True)
class StreamModel:
    """One value stream.

    Attributes:
        stream: its name.
        title: the name as people read it.
        item_type: what flows through it as a whole.
        begins, ends: the two moments between which its lead time is measured, as clauses.
        stages: its stages, in the order in which items pass them.
    """

    stream: str
    title: str
    item_type: str
    begins: str
    ends: str
    stages: tuple[StageModel, ...]


@dataclass(frozen=True)
class Streams:
    """Every stream, in order.

    Attributes:
        streams: the streams.
    """

    streams: tuple[StreamModel, ...]

    @cached_property
    def stages(self) -> Mapping[str, StageModel]:
        """Every stage by its name, in the order of the streams and within them."""
        return {stage.stage: stage for stream in self.streams for stage in stream.stages}

    @cached_property
    def by_name(self) -> Mapping[str, StreamModel]:
        """Every stream by its name."""
        return {stream.stream: stream for stream in self.streams}
