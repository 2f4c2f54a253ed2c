"""The history of the numbers of reports."""

from pathlib import Path

import polars as pl
import pytest

from headrace.store.lake import Lake
from headrace.store.report_history import KEY, ReportHistory


@pytest.fixture
def history(tmp_path: Path) -> ReportHistory:
    """A history without a night."""
    return ReportHistory(Lake(tmp_path))


def numbers(*rows: tuple[str, str | None, float]) -> pl.DataFrame:
    """Numbers of the report `stale`: measure, dataset, value."""
    said = [("stale", measure, dataset, None, value) for measure, dataset, value in rows]
    return pl.DataFrame(said, schema=dict.fromkeys(KEY, pl.String) | {"value": pl.Float64}, orient="row")


def told(history: ReportHistory, night: str) -> list[tuple[str, str | None, float]]:
    """What the numbers were on a night."""
    rows: list[tuple[str, str | None, float]] = history.read(night).select("measure", "dataset", "value").rows()
    return sorted(rows, key=str)


def test_numbers_are_those_of_the_last_night_recorded_before(history: ReportHistory) -> None:
    """Of a night that was missed, those of the night before it; before the first there are none."""
    history.record("2026-11-01", numbers(("stale", None, 3), ("stale", "area", 3)))
    history.record("2026-11-04", numbers(("stale", None, 5), ("stale", "area", 3), ("soon", None, 1)))
    assert told(history, "2026-10-31") == []
    assert told(history, "2026-11-03") == [("stale", "area", 3), ("stale", None, 3)]
    assert told(history, "2026-11-04") == [("soon", None, 1), ("stale", "area", 3), ("stale", None, 5)]


def test_only_what_changed_is_written(history: ReportHistory, tmp_path: Path) -> None:
    """A quiet night has no segment, and is a night all the same."""
    history.record("2026-11-01", numbers(("stale", None, 3), ("stale", "area", 3)))
    history.record("2026-11-02", numbers(("stale", "area", 3), ("stale", None, 3)))
    history.record("2026-11-03", numbers(("stale", None, 4), ("stale", "area", 3)))
    segments = sorted((tmp_path / "report-history").glob("*.parquet"))
    assert [path.stem for path in segments] == ["2026-11-01", "2026-11-03"]
    assert pl.read_parquet(segments[1]).height == 1
    assert history.nights() == ["2026-11-01", "2026-11-02", "2026-11-03"]


def test_a_night_run_again_says_what_it_says_last(history: ReportHistory) -> None:
    """Twice the same changes nothing; something else takes its place, and may undo the change."""
    history.record("2026-11-01", numbers(("stale", None, 3)))
    history.record("2026-11-02", numbers(("stale", None, 9)))
    history.record("2026-11-02", numbers(("stale", None, 9)))
    assert told(history, "2026-11-02") == [("stale", None, 9)]
    history.record("2026-11-02", numbers(("stale", None, 3)))
    assert told(history, "2026-11-02") == [("stale", None, 3)]
    assert history.nights() == ["2026-11-01", "2026-11-02"]


def test_a_night_before_the_latest_is_not_recorded(history: ReportHistory) -> None:
    """History goes forward only."""
    history.record("2026-11-02", numbers(("stale", None, 3)))
    history.record("2026-11-01", numbers(("stale", None, 8)))
    assert history.nights() == ["2026-11-02"]
    assert told(history, "2026-11-03") == [("stale", None, 3)]


def test_the_series_has_every_night_and_says_0_where_there_is_none(history: ReportHistory) -> None:
    """Of all datasets, or of one."""
    history.record("2026-11-01", numbers(("stale", None, 3), ("stale", "area", 3)))
    history.record("2026-11-02", numbers(("stale", None, 3), ("stale", "area", 3)))
    history.record("2026-11-03", numbers(("soon", None, 1), ("stale", "area", 2)))
    assert sorted(history.series("stale").rows()) == [
        ("2026-11-01", "soon", 0.0),
        ("2026-11-01", "stale", 3.0),
        ("2026-11-02", "soon", 0.0),
        ("2026-11-02", "stale", 3.0),
        ("2026-11-03", "soon", 1.0),
        ("2026-11-03", "stale", 0.0),
    ]
    assert history.series("stale", dataset="area")["value"].to_list() == [3.0, 3.0, 2.0]
    assert history.series("runaway").is_empty()


def test_numbers_made_of_the_same_are_not_made_again(history: ReportHistory) -> None:
    """Until the day on which time alone may make a difference; never of a night before the latest."""
    assert not history.repeat("2026-11-01", "a")
    history.record("2026-11-01", numbers(("stale", None, 3)), "a", expiry="2026-11-04")
    assert not history.repeat("2026-11-02", "b")
    assert history.repeat("2026-11-02", "a")
    assert history.repeat("2026-11-02", "a")
    assert not history.repeat("2026-11-01", "a")
    assert history.repeat("2026-11-03", "a")
    assert not history.repeat("2026-11-04", "a")
    assert history.nights() == ["2026-11-01", "2026-11-02", "2026-11-03"]
    assert told(history, "2026-11-03") == [("stale", None, 3)]
