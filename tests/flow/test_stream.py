from collections.abc import Callable
from datetime import datetime, timedelta

import polars as pl

from headrace.flow.stream import PERIOD, measure, passages
from headrace.model.event import EVENT_SCHEMA
from headrace.model.stage import Streams


def test_one_measurement_holds_every_stage_once(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """Queue, times, waiting, colour and constraint stand beside one another."""
    events = tell({("collect", "a"): "09:00 ready; 09:30 started; 09:31 finished", ("assign", "b"): "09:00 ready"})
    stream = measure(passages(events), moment("12:00", day=3), model)
    told = stream.stages.select("stage", "waiting", "health", "constraint").rows()[:7]
    assert told == [
        ("collect", 0, "green", False), ("convert", 0, "unmeasured", False), ("transform", 0, "unmeasured", False),
        ("assign", 1, "green", True), ("assemble", 0, "unmeasured", False), ("publish", 0, "unmeasured", False),
        ("release", 0, "unmeasured", False),
    ]  # fmt: skip
    assert ("assign", "night", moment("09:31")) == (stream.constraint, stream.run, stream.recorded_at)


def test_a_young_record_is_measured_from_its_beginning(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """Two arrivals in two days are one a day, not a fourteenth of one."""
    events = tell({("collect", "a"): "00:00 ready", ("collect", "b"): "day 2 00:00 ready"})
    stream = measure(passages(events), moment("00:00", day=3), model)
    assert (moment("00:00"), 7.0) == (stream.start, stream.stages["arrived_per_week"][0])


def test_an_old_record_is_measured_over_four_weeks(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """What was a year ago does not blur what is."""
    now = moment("00:00", day=365)
    stream = measure(passages(tell({("collect", "a"): "00:00 ready"})), now, model)
    assert (now - PERIOD, timedelta(days=28)) == (stream.start, PERIOD)


def test_an_empty_record_is_a_stream_without_measurements(moment: Callable[..., datetime], model: Streams) -> None:
    """Before the first night every stage is there and grey."""
    stream = measure(passages(pl.DataFrame(schema=EVENT_SCHEMA)), moment("12:00"), model)
    assert stream.stages["health"].to_list() == ["unmeasured"] * len(model.stages)
    assert (stream.constraint, stream.run, stream.recorded_at) == (None, None, None)
    assert stream.night["started"].sum() == 0


def test_a_stage_at_which_the_whole_night_failed_is_amber(
    tell: Callable[..., pl.DataFrame], moment: Callable[..., datetime], model: Streams
) -> None:
    """A release that was refused an hour ago is not in good health."""
    events = tell({("release", "r"): "01:00 ready; 01:00 started; 01:01 failed: fewer entities"})
    stream = measure(passages(events), moment("02:00"), model)
    assert stream.stages["health"][6] == "amber"


def test_what_waits_at_a_stage_waits_for_what_the_model_says(tell: Callable[..., pl.DataFrame], model: Streams) -> None:
    """Unless it failed, or something blocks it; without a model it waits for the schedule."""
    record = tell({("check", "a"): "09:00 ready", ("mandate", "b"): "09:00 ready", ("collect", "c"): "09:00 ready"})

    assert {"a": "operator", "b": "reviewer", "c": "schedule"} == dict(
        passages(record, model).visits.select("item", "waits_for").iter_rows()
    )
    assert {"schedule"} == set(passages(record).visits["waits_for"])
