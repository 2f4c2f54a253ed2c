from collections.abc import Callable
from datetime import datetime

import polars as pl

from headrace.flow.accuracy import complete_accurate, first_time
from headrace.flow.stream import measure, passages
from headrace.model.stage import Streams

Tell = Callable[..., pl.DataFrame]
Moment = Callable[..., datetime]

TOLD = {
    ("convert", "clean"): "09:00 ready; 09:01 started; 09:02 finished",
    ("convert", "failed once"): "09:00 ready; 09:01 started; 09:02 failed; 09:03 started; 09:04 finished",
    ("convert", "fails"): "09:00 ready; 09:01 started; 09:02 failed",
    ("convert", "waits"): "09:00 ready",
    ("convert", "nothing to do"): "09:00 ready; 09:01 skipped",
    ("transform", "returned"): "09:00 ready; 09:01 returned: columns missing",
    ("transform", "blocked"): "09:00 ready; 09:01 blocked: whose is it?; 09:30 unblocked; 10:00 finished",
}


def test_at_the_first_try_is_without_failure_return_or_block(tell: Tell, moment: Moment) -> None:
    """What waits or was skipped says nothing."""
    passed = passages(tell(TOLD))
    assert [("convert", 1 / 3), ("transform", 0.0)] == first_time(passed.visits, passed.events, moment("00:00")).rows()


def test_only_the_period_counts(tell: Tell, moment: Moment) -> None:
    """A failure of last month is not one of this."""
    passed = passages(tell(TOLD | {("convert", "now"): "day 9 09:00 ready; day 9 10:00 finished"}))
    assert [("convert", 1.0)] == first_time(passed.visits, passed.events, moment("00:00", day=5)).rows()


def test_a_stage_is_judged_by_the_next(tell: Tell, moment: Moment) -> None:
    """Of the last stage everything is accepted that does not come back."""
    told = TOLD | {("release", "r"): "09:00 ready; 10:00 finished; 12:00 ready; 13:00 finished"}
    passed = passages(tell(told))
    passing = first_time(passed.visits, passed.events, moment("00:00"))
    found = complete_accurate(passing, passed.visits, ["collect", "convert", "transform", "release"], moment("00:00"))
    assert [("collect", 1 / 3), ("convert", 0.0), ("transform", 1.0), ("release", 0.5)] == found.rows()


def test_rolled_is_the_product(tell: Tell, moment: Moment, model: Streams) -> None:
    """Of the stages on the way that were measured."""
    told = {
        ("triage", "a"): "09:00 ready; 10:00 finished",
        ("act", "a"): "10:00 ready; 11:00 finished",
        ("act", "b"): "10:00 ready; 11:00 returned",
        ("answer", "a"): "11:00 ready; 11:30 failed; 12:00 finished",
        ("answer", "c"): "11:00 ready; 12:00 finished",
    }
    streams = measure(passages(tell(told)), moment("13:00"), model).streams
    assert 0.5 * 0.5 * 1.0 == streams.filter(stream="feedback")["rolled_complete_accurate"][0]
