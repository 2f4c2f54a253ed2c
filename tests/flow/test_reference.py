from collections.abc import Callable
from datetime import datetime

import polars as pl
import pytest

from headrace.flow.reference import read_measure
from headrace.flow.stream import Stream, measure, passages
from headrace.model.error import MeasureError
from headrace.model.stage import Streams


@pytest.fixture
def stream(tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams) -> Stream:
    """One item waits to be collected."""
    return measure(passages(tell({("collect", "a"): "09:00 ready"})), moment("10:00"), model)


def test_a_reference_names_a_number_of_a_stage_or_a_stream(stream: Stream) -> None:
    """What has not been measured is None."""
    told = [read_measure(stream, name) for name in ("collect.oldest_age_s", "data.waiting", "data.lead_p85_s")]
    assert [3600.0, 1.0, None] == told


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("collect", "expected <stage or stream>.<column>"),
        ("collecting.waiting", "there is no stage or stream 'collecting'; there are collect, convert"),
        ("collect.wait_p99_s", "the stage 'collect' has no number 'wait_p99_s'; it has waiting"),
        ("collect.health", "has no number 'health'"),
        ("data.waited_s", "the stream 'data' has no number 'waited_s'"),
    ],
)
def test_a_reference_that_names_nothing_says_what_there_is(stream: Stream, reference: str, said: str) -> None:
    """So that whoever wrote it can mend it."""
    with pytest.raises(MeasureError, match=said):
        read_measure(stream, reference)
