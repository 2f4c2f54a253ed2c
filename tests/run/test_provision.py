"""Provisions and repairs, night by night, of one council."""

from pathlib import Path

import polars as pl
import pytest

from headrace.model.event import Kind
from headrace.store.builtin import builtin_datasets
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil, write_rows

ROWS = [("reference", "name", "geometry"), ("CA1", "Old Town", SQUARE)]
OTHER = "local-authority:BEC"


@pytest.fixture
def council(tmp_path: Path) -> OneCouncil:
    """A council that is configured and publishes; another is expected to publish, and does not."""
    made = OneCouncil(tmp_path)
    made.configure()
    made.publish(ROWS)
    return made


def specification(folder: Path) -> Path:
    """The built-in specification, by which both councils are expected to publish."""
    made = folder / "specification"
    if not made.exists():
        made.mkdir()
        for path in (builtin_datasets() / "specification").iterdir():
            (made / path.name).symlink_to(path)
        (made / "provision.csv").unlink()
        rows = [("organisation", "dataset", "end-date"), (COUNCIL, DATASET, ""), (OTHER, DATASET, "")]
        write_rows(made / "provision.csv", [*rows, ("local-authority:OLD", DATASET, "2020-03-31")])
    return made


def night(council: OneCouncil, date: str) -> None:
    council.run(date, specification=specification(council.folder))


def told(council: OneCouncil, *stages: str) -> list[tuple[str, str, str]]:
    """Stage, kind and the last part of the item of the events at some stages, in order."""
    events = EventRecord(Lake(council.lake)).read(pl.col("stage").is_in(stages))
    order = {kind.value: number for number, kind in enumerate(Kind)}
    rows = events.sort("at", pl.col("kind").replace_strict(order), maintain_order=True)
    return [
        (stage, kind, item.rpartition("/")[2]) for stage, kind, item in rows.select("stage", "kind", "item").iter_rows()
    ]


PROVISION = ("ask", "publish-locally", "check", "configure", "first-collect", "first-release")


def test_provisions_come_about_once(council: OneCouncil) -> None:
    """The configured one is collected and live after the first night, the other waits to be asked; then nothing new."""
    night(council, "2026-11-01")
    own = [(stage, kind) for stage, kind, item in told(council, *PROVISION) if item == COUNCIL]
    assert own[-1] == ("first-release", "finished")
    assert set(own) == {
        ("configure", "finished"),
        *(("first-collect", kind) for kind in ("ready", "finished")),
        *(("first-release", kind) for kind in ("ready", "finished")),
    }
    assert [("ask", "ready")] == [(stage, kind) for stage, kind, item in told(council, *PROVISION) if item == OTHER]
    before = told(council, *PROVISION)
    night(council, "2026-11-01")
    night(council, "2026-11-02")
    assert before == told(council, *PROVISION)


def test_what_was_waited_for_is_skipped_when_a_source_comes(council: OneCouncil) -> None:
    """Nobody told that it was asked for, and it is there."""
    sources = council.folder / "config" / "collection" / DATASET / "source.csv"
    kept = sources.read_text()
    sources.write_text(kept.splitlines()[0] + "\n")
    night(council, "2026-11-01")
    assert ("ask", "ready", COUNCIL) in told(council, "ask")
    sources.write_text(kept)
    night(council, "2026-11-02")
    assert ("ask", "skipped", COUNCIL) in told(council, "ask")
    assert ("first-release", "finished", COUNCIL) in told(council, *PROVISION)


def test_an_endpoint_is_repaired(council: OneCouncil) -> None:
    """It waits from the night on which it begins to fail, once, until it answers."""
    night(council, "2026-11-01")
    assert told(council, "repair") == []
    (council.folder / "areas.csv").unlink()
    for date in ("2026-11-02", "2026-11-03", "2026-11-03"):
        night(council, date)
        assert [kind for _, kind, _ in told(council, "repair")] == ["ready"]
    council.publish(ROWS)
    night(council, "2026-11-04")
    assert [kind for _, kind, _ in told(council, "repair")] == ["ready", "finished"]


def test_an_endpoint_that_is_retired_needs_no_repair(council: OneCouncil) -> None:
    """It is abandoned, and what its provision waited for with it."""
    (council.folder / "areas.csv").unlink()
    night(council, "2026-11-01")
    path = council.folder / "config" / "collection" / DATASET / "endpoint.csv"
    endpoint, url = path.read_text().splitlines()[1].split(",")
    write_rows(path, [("endpoint", "endpoint-url", "end-date"), (endpoint, url, "2026-11-01")])
    night(council, "2026-11-02")
    assert [kind for _, kind, _ in told(council, "repair")] == ["ready", "abandoned"]
    assert ("first-collect", "abandoned", COUNCIL) in told(council, *PROVISION)
    night(council, "2026-11-03")
    assert len(told(council, "repair")) == 2
