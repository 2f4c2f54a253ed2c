from collections.abc import Callable
from datetime import datetime

import polars as pl
import pytest

from headrace.flow.levels import levels, levels_at, little
from headrace.flow.spells import spells
from headrace.flow.visits import visits


def test_levels_rise_with_arrivals_and_fall_with_departures(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """A failure is neither."""
    events = tell(
        {("collect", "a"): "09:00 ready; 09:05 started; 09:06 failed; 11:00 finished", ("collect", "b"): "10:00 ready"}
    )
    expected = [(moment("09:00"), 1, 0, 1), (moment("10:00"), 2, 0, 2), (moment("11:00"), 2, 1, 1)]
    assert expected == levels(visits(events)).select("at", "arrived", "departed", "present").rows()


def test_little_agrees_where_everything_leaves_within_the_period(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """Two items, one and three hours long, in a day: 4 item-hours, lead time 2 hours, 2 a day."""
    events = tell({("collect", "a"): "09:00 ready; 10:00 finished", ("collect", "b"): "09:00 ready; 12:00 finished"})
    found = little(visits(events), moment("00:00"), moment("00:00", day=2)).row(0, named=True)
    assert pytest.approx(4 / 24) == found["mean_present"]
    assert (2.0, 7200.0, pytest.approx(0)) == (found["departed_per_day"], found["mean_lead_s"], found["apart"])


def test_little_is_apart_where_an_end_was_never_recorded(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """One item that left and one that stays for ever."""
    events = tell({("collect", "a"): "09:00 ready; 10:00 finished", ("collect", "b"): "00:00 ready"})
    found = little(visits(events), moment("00:00"), moment("00:00", day=2)).row(0, named=True)
    assert pytest.approx(24.0) == found["apart"]


def test_levels_at_given_moments_tell_work_from_waiting(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime]
) -> None:
    """What happens at a moment has happened; work that was lost is waiting."""
    events = tell(
        {
            ("collect", "a"): "09:00 ready; 10:00 started; 11:00 finished",
            ("collect", "b"): "09:30 ready; 10:00 started; 12:00 started",
        }
    )
    moments = [moment(clock) for clock in ("08:00", "09:00", "10:00", "11:00", "12:00")]
    found = levels_at(visits(events), spells(events), moments)
    expected = [(0, 0, 0, 0), (1, 0, 1, 0), (2, 0, 1, 1), (2, 1, 1, 0), (2, 1, 0, 1)]
    assert expected == found.select("arrived", "departed", "waiting", "working").rows()
