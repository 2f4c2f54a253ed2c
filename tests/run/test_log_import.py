"""Four years of collecting by others, as they come out of the lake, against plain SQL over the file they came in."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from headrace.flow.visits import WAITING, visits
from headrace.run.log_import import Imported, import_log
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake


@pytest.fixture(scope="module")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, Imported]:
    """A lake with nothing but the history in it."""
    lake = Lake(tmp_path_factory.mktemp("history") / "lake")
    return lake, import_log(shared / "collection-log", lake, shared / "digital-land")


@pytest.fixture(scope="module")
def events(imported: tuple[Lake, Imported]) -> pl.DataFrame:
    """Its event record."""
    return EventRecord(imported[0]).read()


@pytest.fixture(scope="module")
def sql(shared: Path) -> Iterator[sqlite3.Connection]:
    """The file as a table `log`: month, day, endpoint, status, ok; a row a row."""
    rows = pl.read_parquet(shared / "collection-log" / "brownfield-land-2018-2022.parquet").select(
        pl.col("date").cast(pl.String).str.slice(0, 7),
        pl.col("date").cast(pl.String).alias("day"),
        "endpoint",
        "status",
        pl.col("resource").is_not_null().cast(pl.Int8),
    )
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE log (month TEXT, day TEXT, endpoint TEXT, status INTEGER, ok INTEGER)")
        connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?)", rows.rows())
        yield connection


def test_every_attempt_is_a_start_and_an_end(imported: tuple[Lake, Imported], events: pl.DataFrame) -> None:
    """Of 1,168,528 rows 717,491 tell another attempt; each has its two events, and its dataset where it is known."""
    assert (imported[1].rows, imported[1].attempts, imported[1].new) == (1_168_528, 717_491, 717_491)
    assert imported[1].events == events.height
    collect = events.filter(pl.col("stage") == "collect")
    kinds = dict(collect["kind"].value_counts().iter_rows())
    assert kinds["started"] == kinds["finished"] + kinds["failed"] == 717_491
    assert set(events["dataset"].unique()) - {None} == {"brownfield-land"}


def test_an_import_again_changes_nothing(imported: tuple[Lake, Imported], shared: Path) -> None:
    """Neither an attempt nor an event."""
    lake, _ = imported
    before = EventRecord(lake).segments()
    again = import_log(shared / "collection-log", lake)
    assert (again.new, again.events) == (0, 0)
    assert before == EventRecord(lake).segments()


def test_months_are_those_of_the_file(imported: tuple[Lake, Imported], sql: sqlite3.Connection) -> None:
    """June 2020: 1,630 failed of 32,500 attempts, as the file counts; every other month, too."""
    month = pl.col("night").str.slice(0, 7)
    failed = pl.col("told").filter(pl.col("status").ne_missing(200))
    counted = (
        AttemptLog(imported[0], "", "reader")
        .read_recorded_elsewhere()
        .group_by(month=month)
        .agg(told=pl.col("told").sum(), failed=failed.sum())
        .sort("month")
    )
    expected = sql.execute(
        "SELECT month, COUNT(*), SUM(status IS NOT 200) FROM log GROUP BY month ORDER BY month"
    ).fetchall()
    assert expected == counted.rows()
    assert ("2020-06", 32_500, 1_630) in expected


def test_endpoints_that_gave_data_and_that_did_not(events: pl.DataFrame, sql: sqlite3.Connection) -> None:
    """Per day, ends of attempts by kind, each attempt once."""
    ended = pl.col("kind").is_in(["finished", "failed"])
    days = (
        events.filter((pl.col("stage") == "collect") & ended)
        .group_by(day=pl.col("run").str.strip_prefix("log-"))
        .agg(good=(pl.col("kind") == "finished").sum(), bad=(pl.col("kind") == "failed").sum())
        .sort("day")
    )
    expected = sql.execute(
        "SELECT day, SUM(ok), SUM(NOT ok) FROM (SELECT DISTINCT day, endpoint, ok FROM log) GROUP BY day ORDER BY day"
    ).fetchall()
    assert expected == days.rows()


FAILING = """
WITH night AS (SELECT day, ROW_NUMBER() OVER (ORDER BY day) AS number FROM (SELECT DISTINCT day FROM log)),
     asked AS (
       SELECT endpoint, ok, number, LEAD(number, 1, 1 + (SELECT MAX(number) FROM night)) OVER (
         PARTITION BY endpoint ORDER BY number) AS following
       FROM (SELECT DISTINCT day, endpoint, ok FROM log) JOIN night USING (day)),
     month_end AS (SELECT substr(day, 1, 7) AS month, MAX(number) AS number FROM night GROUP BY 1)
SELECT month, COUNT(*)
FROM month_end JOIN asked ON asked.number <= month_end.number AND asked.following > month_end.number
WHERE NOT ok AND (asked.number = month_end.number OR following - asked.number <= 28)
GROUP BY month ORDER BY month
"""
"""Endpoints whose last attempt up to a month's end failed, and that were asked again within 28 nights of the log."""


def test_endpoints_failing_at_a_month_s_end(events: pl.DataFrame, sql: sqlite3.Connection) -> None:
    """What waits for repair at the end of each month is what plain SQL finds to fail."""
    repair = events.filter(pl.col("stage") == "repair")
    expected = sql.execute(FAILING).fetchall()
    waiting = []
    for month, _ in expected:
        year, number = int(month[:4]), int(month[5:])
        end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
        waiting.append((month, visits(repair.filter(pl.col("at") < end)).filter(WAITING).height))
    assert expected == waiting
    assert len(expected) == 40
    assert expected[-1] == ("2022-12", 289)
