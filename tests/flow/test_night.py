from collections.abc import Callable

import polars as pl

from headrace.flow.night import last_run, night


def test_a_night_is_counted_by_stage(tell: Callable[..., pl.DataFrame]) -> None:
    """Events of the run, and the time from its first start to its latest end at each stage."""
    events = tell(
        {
            ("collect", "a"): "01:00 ready; 01:01 started; 01:02 finished",
            ("collect", "b"): "01:00 ready; 01:01 started; 01:06 failed: HTTP 404",
            ("convert", "c"): "01:02 ready; 01:06 started; 01:11 finished",
            ("convert", "d"): "01:02 ready; 01:03 skipped: nothing changed",
        }
    )
    names = ("ready", "started", "finished", "failed", "skipped", "seconds", "share")
    expected = [(2, 2, 1, 1, 0, 300.0, 0.5), (2, 1, 1, 0, 1, 300.0, 0.5), (0, 0, 0, 0, 0, None, None)]
    assert expected == night(events, "night").select(names).rows()[:3]


def test_other_runs_are_left_out(tell: Callable[..., pl.DataFrame]) -> None:
    """A night is one run."""
    events = pl.concat(
        [
            tell({("collect", "a"): "01:00 started; 01:01 finished"}, run="first"),
            tell({("collect", "a"): "day 2 01:00 started"}, run="second"),
        ]
    )
    assert [night(events, run)["finished"][0] for run in ("first", "second")] == [1, 0]


def test_the_last_run_is_the_one_that_began_work_latest(tell: Callable[..., pl.DataFrame]) -> None:
    """An operator who abandons an endpoint in the morning is not a night."""
    events = pl.concat(
        [
            tell({("collect", "a"): "day 2 01:00 started"}, run="second"),
            tell({("collect", "a"): "01:00 started"}, run="first"),
            tell({("collect", "a"): "day 2 09:00 abandoned: retired"}, run="by hand"),
        ]
    )
    assert last_run(events) == "second"


def test_a_record_without_work_has_no_last_run(tell: Callable[..., pl.DataFrame]) -> None:
    """Something may be ready before the first night."""
    assert last_run(tell({("collect", "a"): "01:00 ready"})) is None


def test_an_event_told_twice_is_counted_once(tell: Callable[..., pl.DataFrame]) -> None:
    """A record may hold an event twice after an import was run again."""
    events = tell({("collect", "a"): "01:00 started; 01:01 finished"})
    assert night(events, "night").equals(night(pl.concat([events, events]), "night"))
