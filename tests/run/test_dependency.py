from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headrace.flow.dependency import blocks
from headrace.model.error import SettingsError
from headrace.model.event import Kind
from headrace.run.dependency import add_dependency, clear_dependency
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TREE = ("consideration", "tree")
LEGAL = ("person", "legal team")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake in which two considerations wait at one stage, one of them at another as well."""
    lake = Lake(tmp_path)
    record = EventRecord(lake, "before", lambda: NOW - timedelta(days=3))
    record.emit("consideration", "tree", "prepare", Kind.READY, dataset="tree", organisation="x:LBH")
    record.emit("consideration", "wood", "prepare", Kind.READY)
    record.emit("consideration", "wood", "mandate", Kind.READY)
    record.close()
    return lake


def add(lake: Lake, item: tuple[str, str] = TREE, by: tuple[str, str] = LEGAL, stage: str | None = None) -> str:
    return add_dependency(lake, item, by, reason="counsel's opinion", stage=stage, actor="jo", now=NOW)


def clear(lake: Lake, item: tuple[str, str] = TREE, stage: str | None = None) -> str:
    return clear_dependency(lake, item, reason=None, stage=stage, actor="jo", now=NOW + timedelta(hours=2))


def test_what_a_person_says_is_an_event_like_any_other(lake: Lake) -> None:
    """With who, what, why, by whom, and whose the item is; from when it is said to when it is cleared."""
    assert "prepare" == add(lake)
    assert "prepare" == clear(lake)

    assert [
        ("tree", *LEGAL, "counsel's opinion", "jo", "tree", "x:LBH", NOW, NOW + timedelta(hours=2)),
    ] == blocks(EventRecord(lake).read()).select(
        "item", "by_type", "by_item", "reason", "actor", "dataset", "organisation", "since", "until"
    ).rows()  # fmt: skip


def test_an_item_at_two_stages_is_blocked_at_the_one_that_is_named(lake: Lake) -> None:
    with pytest.raises(SettingsError, match="is at mandate, prepare; say which with --stage"):
        add(lake, ("consideration", "wood"))
    assert "mandate" == add(lake, ("consideration", "wood"), stage="mandate")


def test_what_cannot_be_is_refused(lake: Lake) -> None:
    """And nothing is recorded."""
    before = EventRecord(lake).version()
    with pytest.raises(SettingsError, match="is at no stage"):
        add(lake, ("consideration", "none"))
    with pytest.raises(SettingsError, match="but consideration 'tree' is at prepare"):
        add(lake, stage="mandate")
    with pytest.raises(SettingsError, match="the item itself"):
        add(lake, by=TREE)
    with pytest.raises(SettingsError, match="blocked at no stage"):
        clear(lake)
    assert before == EventRecord(lake).version()
