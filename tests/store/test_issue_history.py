"""Which issues appeared and which went, night by night."""

from pathlib import Path

import polars as pl
import pytest

from headrace.assemble.current_issue import CURRENT_ISSUE_SCHEMA
from headrace.store.issue_history import IssueHistory
from headrace.store.lake import Lake

NIGHTS = {
    "2026-11-01": "ab",
    "2026-11-02": "ab",
    "2026-11-03": "bc",
    "2026-11-04": "c",
    "2026-11-05": "ac",
}
"""The issues that are there on each night, a letter each."""

SEEN = {
    "a": ("2026-11-01", "2026-11-05"),
    "b": ("2026-11-01", "2026-11-03"),
    "c": ("2026-11-03", "2026-11-05"),
}


@pytest.fixture
def history(tmp_path: Path) -> IssueHistory:
    """A history that has not begun."""
    return IssueHistory(Lake(tmp_path / "lake"), "tree")


def record(history: IssueHistory, tmp_path: Path, night: str, issues: str) -> None:
    """Record a night on which these issues are there."""
    path = tmp_path / f"{issues}.parquet"
    pl.DataFrame({"issue": list(issues)}, schema={"issue": pl.String}).with_columns(
        pl.lit(None, kind).alias(name) for name, kind in CURRENT_ISSUE_SCHEMA.items() if name != "issue"
    ).write_parquet(path)
    history.record(night, issues, path)


def seen(history: IssueHistory) -> dict[str, tuple[str, str]]:
    return {
        issue: (first, last) for issue, first, last in history.read().select("issue", "first_seen", "last_seen").rows()
    }


def files(tmp_path: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tmp_path / "lake" / "issue-history" / "tree").iterdir()}


def test_first_and_last_nights_are_kept(history: IssueHistory, tmp_path: Path) -> None:
    """An issue was seen last on the night before it was gone, or on the latest night; one that returns is the same."""
    for night, issues in NIGHTS.items():
        record(history, tmp_path, night, issues)
    assert seen(history) == SEEN
    assert history.night() == "2026-11-05"


def test_a_night_that_is_run_again_changes_nothing(history: IssueHistory, tmp_path: Path) -> None:
    """The same night again gives the same bytes, and an earlier night is no longer recorded."""
    for night, issues in NIGHTS.items():
        record(history, tmp_path, night, issues)
    before = files(tmp_path)
    record(history, tmp_path, "2026-11-05", NIGHTS["2026-11-05"])
    record(history, tmp_path, "2026-11-02", "xyz")
    assert before == files(tmp_path)


def test_a_night_that_ends_otherwise_the_second_time_counts_once(history: IssueHistory, tmp_path: Path) -> None:
    """What the night said first is forgotten when it is run again with another outcome."""
    record(history, tmp_path, "2026-11-01", "ab")
    record(history, tmp_path, "2026-11-02", "c")
    record(history, tmp_path, "2026-11-02", "ab")
    assert seen(history) == {"a": ("2026-11-01", "2026-11-02"), "b": ("2026-11-01", "2026-11-02")}


def test_a_quiet_night_has_no_segment(history: IssueHistory, tmp_path: Path) -> None:
    """A night on which nothing changed is a date and no more."""
    for night in ("2026-11-01", "2026-11-02"):
        record(history, tmp_path, night, "ab")
    assert set(files(tmp_path)) == {"2026-11-01.parquet", "latest.json"}


def test_nothing_is_known_before_the_first_night(history: IssueHistory) -> None:
    """A history that has not begun is empty."""
    assert history.night() is None
    assert history.read().is_empty()
