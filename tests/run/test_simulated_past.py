"""An invented past in the lake of a demonstration."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from headrace.flow.silence import silence
from headrace.flow.stream import passages
from headrace.model.error import SettingsError
from headrace.model.event import Kind, Stage
from headrace.run.simulated_past import add_simulated_past
from headrace.run.tools import utc_now
from headrace.simulate.publications import PUBLICATIONS
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.streams import read_streams

UNTIL = date(2026, 11, 22)
PUBLISHED = [(each, f"http://127.0.0.1:8099{each.path}") for each in PUBLICATIONS]


def test_a_lake_has_one_past(tmp_path: Path) -> None:
    """Attempts with their events; another time changes nothing, whatever the day."""
    lake = Lake(tmp_path)
    told = add_simulated_past(lake, 1, PUBLISHED, UNTIL)
    events = EventRecord(lake).read()
    attempts = AttemptLog(lake, "", "reader").read()
    assert told == events.height
    assert events["actor"].unique().to_list() == ["simulated"]
    assert events.filter((pl.col("stage") == "collect") & (pl.col("kind") == "started")).height == attempts.height
    assert add_simulated_past(lake, 1, PUBLISHED, date(2026, 11, 23)) == 0
    assert EventRecord(lake).read().height == told
    found = silence(passages(events), events["at"].max(), read_streams())  # type: ignore[arg-type]
    assert "missed-night" in set(found["finding"])


def test_a_lake_in_which_something_real_was_recorded_gets_none(tmp_path: Path) -> None:
    """The error says so, and nothing is written."""
    record = EventRecord(Lake(tmp_path), "night", utc_now)
    record.emit("endpoint", "a", Stage.COLLECT, Kind.READY)
    record.close()
    with pytest.raises(SettingsError, match="expected an empty lake"):
        add_simulated_past(Lake(tmp_path), 1, PUBLISHED, UNTIL)
    assert EventRecord(Lake(tmp_path)).read().height == 1
