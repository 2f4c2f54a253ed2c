from collections.abc import Callable
from datetime import datetime

import polars as pl

from headrace.flow.past import passages_at, past, series
from headrace.flow.stream import measure, passages
from headrace.model.stage import Streams


def test_the_past_is_what_was_measured_then(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """A failure, a lost spell and a second visit: at no moment does it matter what came later."""
    events = tell(
        {
            ("collect", "a"): "09:00 ready; 09:05 started; 09:06 failed; 11:00 started; 11:01 finished; 12:00 ready",
            ("collect", "b"): "09:30 ready; 10:30 started; 11:30 started; 11:40 finished",
            ("assign", "c"): "10:00 ready; 10:10 blocked: reviewer; 11:10 unblocked; 13:00 finished",
        }
    )
    passed = passages(events)
    for clock in ("08:00", "09:00", "09:05", "10:15", "10:45", "11:00", "11:35", "12:30", "14:00"):
        now = moment(clock)
        then = passages(events.filter(pl.col("at") <= now))
        told = passages_at(passed, now)
        assert (told.run, told.recorded_at) == (then.run, then.recorded_at)
        assert measure(then, now, model).stages.equals(measure(told, now, model).stages), clock
        assert measure(then, now, model).streams.equals(measure(told, now, model).streams), clock


def test_a_series_is_one_measure_over_time(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """Nothing, one, two, and one again."""
    events = tell({("collect", "a"): "09:00 ready; 11:30 finished", ("collect", "b"): "10:30 ready"})
    moments = [moment(clock) for clock in ("08:00", "10:00", "11:00", "12:00")]
    told = past(passages(events), moments, model)
    assert list(zip(moments, [0.0, 1.0, 2.0, 1.0], strict=True)) == series(told, "collect.waiting").rows()
    assert [None, 3600.0, 7200.0, 5400.0] == series(told, "collect.oldest_age_s")["value"].to_list()
