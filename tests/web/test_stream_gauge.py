"""The gauge: what it keeps, and what it reads again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headrace.model.event import Kind, Stage
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web.stream_gauge import FRESH, Gauge

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[EventRecord]:
    """The record of a run that goes on, with one endpoint in it."""
    opened = EventRecord(Lake(tmp_path), "run", lambda: NOW)
    opened.emit("endpoint", "a", Stage.COLLECT, Kind.READY, at=NOW - timedelta(hours=1))
    yield opened
    opened.close()


def waiting(gauge: Gauge, clock: datetime = NOW) -> int:
    stages = gauge.measure(clock).stages
    return int(stages.filter(stages["stage"] == Stage.COLLECT.value)["waiting"][0])


def test_what_is_added_shows_at_once(record: EventRecord, tmp_path: Path) -> None:
    """Line by line, and again when the run has ended and its lines have become another file."""
    gauge = Gauge(tmp_path)
    assert waiting(gauge) == 1
    for number in range(3):
        record.emit("endpoint", f"b{number}", Stage.COLLECT, Kind.READY)
        assert waiting(gauge) == 2 + number
    record.emit("endpoint", "a", Stage.COLLECT, Kind.STARTED)
    assert waiting(gauge) == 3
    record.close()
    assert waiting(gauge) == 3
    assert gauge.read().events.height == 5


def test_nothing_is_measured_again_while_nothing_changes(record: EventRecord, tmp_path: Path) -> None:
    """A few seconds long; then ages are those of the moment."""
    gauge = Gauge(tmp_path)
    first = gauge.measure(NOW)
    assert gauge.measure(NOW + FRESH / 2) is first
    assert gauge.measure(NOW + FRESH).now == NOW + FRESH
    assert gauge.measure(NOW).now == NOW


def test_a_clock_behind_the_record_is_not_believed(record: EventRecord, tmp_path: Path) -> None:
    """The moment is that of the latest event, which another machine recorded."""
    record.emit("endpoint", "b", Stage.COLLECT, Kind.READY, at=NOW + timedelta(minutes=1))
    assert Gauge(tmp_path).measure(NOW).now == NOW + timedelta(minutes=1)


def test_silence_is_that_of_the_record(record: EventRecord, tmp_path: Path) -> None:
    """An endpoint of which nothing is heard for three days, until it is begun."""
    gauge = Gauge(tmp_path)
    assert gauge.silence(NOW).is_empty()
    later = NOW + timedelta(days=3)
    assert ["nothing-heard"] == gauge.silence(later)["finding"].to_list()
    record.emit("endpoint", "a", Stage.COLLECT, Kind.STARTED, at=later)
    assert gauge.silence(later).is_empty()
