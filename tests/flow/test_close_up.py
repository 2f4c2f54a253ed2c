from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from headrace.flow.close_up import close_up, forecast_stage
from headrace.flow.stream import measure, passages
from headrace.model.stage import Streams

Tell = Callable[..., pl.DataFrame]
Moment = Callable[..., datetime]

DAYS = range(1, 41)
RECORD = {
    ("collect", f"out {day}"): f"day {day} 01:00 ready; day {day} 02:00 started; day {day} 03:00 finished"
    for day in DAYS
} | {("collect", "stuck"): "day 20 00:30 ready", ("collect", "at work"): "day 40 12:00 ready; day 40 12:30 started"}


def _chance() -> np.random.Generator:
    return np.random.default_rng(1)


def test_a_close_up_agrees_with_the_measures_of_its_stage(tell: Tell, moment: Moment, model: Streams) -> None:
    """The same numbers, over time."""
    now = moment("13:00", day=40)
    passed = passages(tell(RECORD))
    close = close_up(passed, "collect", now, _chance(), span=timedelta(days=28))
    row = measure(passed, now, model).stages.row(0, named=True)
    assert (row["lead_p50_s"], row["lead_p85_s"]) == (close.lead["p50"], close.lead["p85"])
    assert row["waiting"] + row["in_progress"] == close.under_way.height
    assert row["arrived_per_week"] * 4 == close.days["arrived"].sum() + 2


def test_what_is_there_comes_oldest_first_with_how_many_overtook_it(tell: Tell, moment: Moment) -> None:
    """21 came after the one that is stuck, and have left."""
    close = close_up(passages(tell(RECORD)), "collect", moment("13:00", day=40), _chance())
    told = close.under_way.select("item", "state", "position", "overtaken_by").rows()
    assert [("stuck", "waiting", 1, 21), ("at work", "in progress", 2, 0)] == told


def test_the_queue_is_forecast_from_what_left(tell: Tell, moment: Moment) -> None:
    """One a day left: the two that are there will have in two days, the first of them tomorrow."""
    passed, now = passages(tell(RECORD)), moment("13:00", day=40)
    close = close_up(passed, "collect", now, _chance())
    assert close.emptied is not None
    assert (2.0, 2.0, 2.0) == close.emptied.days
    first = forecast_stage(passed, "collect", now, 1, _chance())
    assert first is not None
    assert (1.0, 1.0, 1.0) == first.days


def test_a_stage_to_which_nothing_came_has_nothing_to_tell(tell: Tell, moment: Moment) -> None:
    """No row, no percentile, no forecast."""
    close = close_up(passages(tell(RECORD)), "release", moment("13:00", day=40), _chance())
    frames = (close.days, close.finished, close.under_way, close.behaviour, close.throughput, close.curve)
    assert [0] * 6 == [frame.height for frame in frames]
    assert (None, None, None) == (close.lead["p85"], close.emptied, close.little)


def test_littles_law_is_checked(tell: Tell, moment: Moment) -> None:
    """One item that stays for ever is more than a fifth of all waiting."""
    close = close_up(passages(tell(RECORD)), "collect", moment("13:00", day=40), _chance())
    assert close.little is not None
    assert (close.little["apart"] or 0) > 0.2
