"""The report on endpoints and errors, beside counts made in other ways over the same log."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from drawn_attempts import draw_log
from headrace.collect.schedule import Action, Patience
from headrace.flow.endpoint_month import Shown
from headrace.model.error import SettingsError
from headrace.run.endpoint_errors import EndpointErrors, Known, list_month, read_endpoint_errors, silent_nights
from headrace.run.log_import import import_log
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look

LOG = "collection-log/brownfield-land-2018-2022.parquet"

KNOWN = Known(patience=Patience(), looks={}, owners={})


@pytest.fixture(scope="module")
def recorded(shared: Path) -> pl.LazyFrame:
    """The real log as it was recorded, with its month."""
    return pl.scan_parquet(shared / LOG).with_columns(month=pl.col("date").dt.strftime("%Y-%m"))


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> EndpointErrors:
    """The report on the real log, imported."""
    lake = Lake(tmp_path_factory.mktemp("lake"))
    import_log(shared / LOG, lake)
    return read_endpoint_errors(lake)


def _count(recorded: pl.LazyFrame, sql: str) -> dict[str, Any]:
    """Month → number, by plain SQL over the Parquet."""
    rows = pl.SQLContext(log=recorded, eager=True).execute(sql).rows()
    return {month: number for month, number in rows if number}


def _column(errors: EndpointErrors, column: str) -> dict[str, Any]:
    return {month: number for month, number in errors.totals.select("month", column).rows() if number}


@pytest.mark.parametrize(
    ("column", "sql"),
    [
        ("rows", "SELECT month, COUNT(*) FROM log GROUP BY month"),
        ("attempts", "SELECT month, COUNT(*) FROM (SELECT DISTINCT * FROM log) GROUP BY month"),
        (
            "failed",
            "SELECT month, COUNT(*) FROM (SELECT DISTINCT * FROM log)"
            " WHERE resource IS NULL AND (status IS NULL OR status <> 200) GROUP BY month",
        ),
        (
            "unusable",
            "SELECT month, COUNT(*) FROM (SELECT DISTINCT * FROM log)"
            " WHERE resource IS NULL AND status = 200 GROUP BY month",
        ),
        ("endpoints", "SELECT month, COUNT(DISTINCT endpoint) FROM log GROUP BY month"),
        ("nights", "SELECT month, COUNT(DISTINCT date) FROM log GROUP BY month"),
        (
            "endpoints_added",
            "SELECT month, COUNT(*) FROM (SELECT endpoint, MIN(month) AS month FROM log GROUP BY endpoint)"
            " GROUP BY month",
        ),
    ],
)
def test_the_real_log_agrees_with_plain_sql(
    real: EndpointErrors, recorded: pl.LazyFrame, column: str, sql: str
) -> None:
    """Every month of the chart and of the table."""
    assert _count(recorded, sql) == _column(real, column)


def test_june_2020(real: EndpointErrors) -> None:
    """1,630 failed of the 32,500 rows that were recorded; each attempt that was good is recorded twice in them."""
    june = real.between("2020-06", "2020-06").totals.to_dicts()[0]
    assert (1_630, 32_500, 17_267) == (june["failed"], june["rows"], june["attempts"])
    assert june["rows"] - june["attempts"] == june["attempts"] - june["failed"] - june["unusable"]


def test_january_2020(real: EndpointErrors) -> None:
    """2.4% of attempts failed: near the 2.3% that were published for all collections, and twice as much as of rows."""
    january = real.between("2020-01", "2020-01").totals.to_dicts()[0]
    assert 0.024 == round(january["failed_share"], 3)
    assert 0.012 == round(january["failed"] / january["rows"], 3)


def test_endpoints_failing_at_the_months_end_agree_with_a_direct_computation(
    real: EndpointErrors, recorded: pl.LazyFrame
) -> None:
    """Walk through the log night by night, and look how each endpoint did on its last night of the month."""
    last: dict[tuple[str, str], tuple[date, bool]] = {}
    asked = recorded.select("month", "endpoint", "date", good=pl.col("resource").is_not_null()).collect()
    for month, endpoint, night, good in asked.iter_rows():
        before = last.get((month, endpoint))
        if before is None or night > before[0]:
            last[month, endpoint] = (night, good)
        elif night == before[0]:
            last[month, endpoint] = (night, good or before[1])
    failing: defaultdict[str, int] = defaultdict(int)
    for (month, _), (_, good) in last.items():
        failing[month] += not good
    assert {month: number for month, number in failing.items() if number} == _column(real, "endpoints_failing")


def test_failures_that_go_on_are_in_every_statistic(real: EndpointErrors) -> None:
    """Of those that ended three in four were over within a day; of all, four in ten go on after it, and 29% after 30.

    To count only what has ended hides those that matter.
    """
    lasting = real.lasting()
    assert (2_038, 549) == (lasting["failures"], lasting["open"])
    assert (1.0, None) == (lasting["p50_days"], lasting["p85_days"])
    told = {row["days"]: (round(row["with_open"], 2), round(row["closed"], 2)) for row in lasting["going_on"]}  # type: ignore[attr-defined]
    assert {1: (0.44, 0.24), 7: (0.33, 0.1), 30: (0.3, 0.06), 365: (0.23, 0.0)} == told


def _errors(root: Path, by_endpoint: dict[str, str]) -> EndpointErrors:
    AttemptLog(Lake(root), "", "others").add(draw_log(by_endpoint))
    return read_endpoint_errors(Lake(root))


def test_what_is_told_twice_is_counted_once(tmp_path: Path) -> None:
    """The same attempts in two segments of the log, as an interrupted run may leave them."""
    errors = _errors(tmp_path, {"a": "ox"})
    (segment,) = (tmp_path / "log").rglob("*.parquet")
    (segment.parent / "again.parquet").write_bytes(segment.read_bytes())
    assert errors.totals.equals(read_endpoint_errors(Lake(tmp_path)).totals)
    assert [2] == errors.totals["attempts"].to_list()


def test_the_list_says_what_to_do_by_the_rules_of_the_schedule(tmp_path: Path) -> None:
    """As it stood on the last night of the month; the longest failing first, and a replacement where one was found."""
    errors = _errors(tmp_path, {"a": "o" * 30, "b": "o" + "x" * 29, "c": "o" * 20 + "x" * 10, "d": "o" * 29 + "x"})
    found = Look(
        endpoint="b", looked_on=date(2026, 11, 20), page="p", replacement="https://new.example/", text="t", why="w"
    )
    early = Look(
        endpoint="c", looked_on=date(2026, 11, 2), page="p", replacement="https://old.example/", text="t", why="w"
    )
    known = Known(patience=Patience(), looks={"b": found, "c": early}, owners={"b": ("tree", "local-authority:B")})
    said = [
        (each.endpoint, each.failing_days, each.action, each.replacement, each.organisation)
        for each in list_month(errors, "2026-11", Shown.ALL, known)
    ]
    assert [
        ("b", 28, Action.TELL, "https://new.example/", "local-authority:B"),
        ("c", 9, Action.TELL, None, None),
        ("d", 0, Action.WAIT, None, None),
        ("a", None, Action.NOTHING, None, None),
    ] == said
    assert (
        Action.RETIRE
        is list_month(errors, "2026-11", Shown.FAILING, Known(patience=Patience(retire_days=28), looks={}, owners={}))[
            0
        ].action
    )


def test_months_can_be_chosen(tmp_path: Path) -> None:
    """Each end is included; failures are those that began in these months."""
    errors = _errors(tmp_path, {"a": "xo" + "o" * 28 + "xo"})
    chosen = errors.between("2026-12", None)
    assert ("2026-12", "2026-12", 1, 2) == (chosen.first, chosen.last, chosen.failures.height, errors.failures.height)
    assert (None, None) == (errors.between("2030-01", None).first, errors.between(None, "2001-01").last)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("June", None, "got 'June'; expected a year and a month such as 2020-06"),
        (None, "2020-13", "got '2020-13'"),
        ("2020-07", "2020-06", "got 2020-07 to 2020-06; expected the earlier one first"),
    ],
)
def test_what_is_no_month_is_said(first: str | None, last: str | None, said: str, tmp_path: Path) -> None:
    """With what was expected."""
    with pytest.raises(SettingsError, match=said):
        _errors(tmp_path, {"a": "o"}).between(first, last)


def test_silence_is_counted_from_the_night_that_should_have_been(tmp_path: Path) -> None:
    """Last night's run is no silence, and neither is the one of tonight that is to come."""
    errors = _errors(tmp_path, {"a": "oo"})
    assert [0, 0, 1] == [silent_nights(errors, date(2026, 11, day)) for day in (2, 3, 4)]
    assert 0 == silent_nights(read_endpoint_errors(Lake(tmp_path / "none")), date(2026, 11, 4))
