"""The collection log, as it is kept."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from headrace.model.attempt import ATTEMPT_SCHEMA, Attempt
from headrace.store.attempt_log import AttemptLog, last_successes
from headrace.store.lake import Lake

NINE = datetime(2026, 11, 1, 9, tzinfo=UTC)


def attempt(endpoint: str, resource: str | None = None, hour: int = 9) -> Attempt:
    at = NINE.replace(hour=hour)
    return Attempt(
        endpoint,
        f"https://{endpoint}.example",
        at,
        at,
        status=200,
        resource=resource,
        content="c",
        due="why",
        dns_ms=1.5,
    )


def recorded(folder: Path, *attempts: Attempt) -> AttemptLog:
    log = AttemptLog(Lake(folder), "2026-11-01", "run")
    for each in attempts:
        log.record(each)
    log.close()
    return log


def test_what_is_recorded_is_read(tmp_path: Path) -> None:
    """Every attribute of an attempt is a column, under its own name and type."""
    log = recorded(tmp_path, attempt("e", "r"))
    frame = log.read()
    assert frame.schema == ATTEMPT_SCHEMA
    assert list(last_successes(frame).values()) == [attempt("e", "r")]


def test_many_are_added_as_one_file(tmp_path: Path) -> None:
    """A history of three nights is one segment, however many nights it tells of."""
    frame = recorded(tmp_path / "other", attempt("e", "r")).read()
    nights = pl.concat([frame.with_columns(night=pl.lit(f"2020-01-0{day}")) for day in (1, 2, 3)])
    log = AttemptLog(Lake(tmp_path / "lake"), "", "imported")
    assert log.add(nights) == 3
    assert [path.name for path in (tmp_path / "lake" / "log").glob("*/*")] == ["imported.parquet"]
    assert log.read()["night"].to_list() == ["2020-01-01", "2020-01-02", "2020-01-03"]


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    """Neither what was added nor what was recorded here, whatever run it is added by."""
    log = recorded(tmp_path, attempt("e", "r"), attempt("f"))
    frame = log.read()
    again = AttemptLog(Lake(tmp_path), "", "imported")
    assert (again.add(frame), again.add(pl.concat([frame, frame]))) == (0, 0)
    assert again.read().equals(frame)


def test_resources_that_are_not_here_are_left_aside(tmp_path: Path) -> None:
    """The history of others names resources whose bytes they have."""
    here = Lake(tmp_path).keep_resource(b"a,b\n")
    log = recorded(tmp_path, attempt("e", here), attempt("f", "elsewhere"), attempt("g"))
    assert log.read().height == 3
    assert log.read_kept()["endpoint"].to_list() == ["e", "g"]


def test_the_last_success_counts(tmp_path: Path) -> None:
    """A failure after it does not hide it."""
    log = recorded(tmp_path, attempt("e", "first", 7), attempt("e", "second", 8), attempt("e", None, 9))
    assert last_successes(log.read())["e"].resource == "second"
