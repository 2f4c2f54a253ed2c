from collections.abc import Callable
from datetime import datetime

import polars as pl

from headrace.flow.constraint import constraint, waited
from headrace.flow.spells import spells
from headrace.flow.visits import visits


def test_waiting_is_presence_without_work_within_the_period(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """From 10:00 to 12:00 the item waits for an hour, is worked on for 15 minutes, and waits again for 45."""
    events = tell({("transform", "a"): "08:00 ready; 11:00 started; 11:15 failed; 13:00 started"})
    until = events.filter(pl.col("at") <= moment("12:00"))
    found = waited(visits(until), spells(until), moment("10:00"), moment("12:00")).row(0, named=True)
    assert (found["stage"], found["waited_s"], found["mean_waiting"]) == ("transform", 105 * 60.0, 105 / 120)


def test_work_that_was_lost_counts_as_waiting(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """A run that died at 10:00 leaves its item in the queue until the next one begins."""
    events = tell({("transform", "a"): "09:00 ready; 10:00 started; 11:00 started; 11:30 finished"})
    found = waited(visits(events), spells(events), moment("09:00"), moment("12:00")).row(0, named=True)
    assert found["waited_s"] == 2 * 3600.0


def test_the_constraint_is_where_most_waiting_times_volume_is(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Three items that wait an hour weigh more than one that waits two."""
    events = tell(
        {("assign", item): "09:00 ready; 10:00 finished" for item in "abc"}
        | {("collect", "d"): "09:00 ready; 11:00 finished"}
    )
    found = waited(visits(events), spells(events), moment("00:00"), moment("12:00"))
    assert constraint(found) == "assign"


def test_a_stream_in_which_nothing_waits_has_no_constraint(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Work is not waiting."""
    events = tell({("collect", "a"): "09:00 started; 10:00 finished"})
    assert constraint(waited(visits(events), spells(events), moment("00:00"), moment("12:00"))) is None
