from datetime import date, timedelta

import polars as pl
import pytest

from drawn_attempts import draw_log
from headrace.flow.endpoint_month import LISTED, STATES, Shown, column_of, endpoint_months, missed_nights, month_totals
from headrace.flow.failing import endpoint_nights
from headrace.flow.repair import GIVEN_UP_NIGHTS


def _months(**by_endpoint: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    nights = endpoint_nights(draw_log(by_endpoint))
    months = endpoint_months(nights)
    return months.cast({"endpoint": pl.String}), month_totals(months, nights)


def test_every_number_is_the_length_of_its_list() -> None:
    """For every word, in every month."""
    months, totals = _months(a="o" * 40, b="x" * 40, c="oxh" * 13, d=" " * 35 + "oo")
    for row in totals.iter_rows(named=True):
        for shown in Shown:
            listed = months.filter((pl.col("month") == row["month"]) & LISTED[shown])
            assert row[column_of(shown)] == listed.height, shown


def test_every_endpoint_is_in_one_state() -> None:
    """The states of a month add up to the endpoints that were asked."""
    _, totals = _months(a="o" * 40, b="x" * 40, c="oxh" * 13, d=" " * 35 + "oo")
    assert (
        totals["endpoints"].to_list() == totals.select(pl.sum_horizontal(map(column_of, STATES))).to_series().to_list()
    )


@pytest.mark.parametrize(
    ("nights", "state"),
    [
        ("x" * 7, Shown.FAILING_DAYS),
        ("x" * 8, Shown.FAILING_WEEKS),
        ("x" * 30, Shown.FAILING_WEEKS),
        ("o" + "x" * 31, Shown.FAILING_MONTHS),
        ("x" * 365, Shown.FAILING_MONTHS),
        ("x" * 366, Shown.FAILING_YEARS),
        ("xo", Shown.OK),
    ],
)
def test_a_state_begins_on_its_day(nights: str, state: Shown) -> None:
    """Days of failing are counted from the first night that failed: the eighth night is seven days later."""
    months, _ = _months(a=nights)
    last = months.filter(pl.col("month") == pl.col("month").max())
    assert [each for each in STATES if last.filter(LISTED[each]).height] == [state]


def test_a_month_stands_as_its_last_night_left_it() -> None:
    """November has thirty nights here; what comes on the first of December is of December."""
    _, totals = _months(a="o" * 29 + "xo")
    assert [1, 0] == totals["endpoints_failing"].to_list()
    assert [(1, 0), (0, 1)] == totals.select("spells_started", "spells_ended").rows()


def test_what_fails_although_it_answers_is_told_apart() -> None:
    """A page that says sorry instead of a file."""
    _, totals = _months(a="oh", b="ox")
    assert [(2, 1, 1, 1)] == totals.select("endpoints_failing", "endpoints_answering", "failed", "unusable").rows()


def test_added_and_lost_are_the_first_and_the_last_month() -> None:
    """Lost is who was not asked on the nights after it; who may yet be asked is not lost."""
    months, _ = _months(a="o" + "o" * 5, b="o" * (6 + GIVEN_UP_NIGHTS), c=" " * 10 + "o" * (GIVEN_UP_NIGHTS - 6))
    said = months.filter(pl.col("added") | pl.col("lost")).select("endpoint", "month", "added", "lost").rows()
    assert [("a", "2026-11", True, True), ("b", "2026-11", True, False), ("c", "2026-11", True, False)] == said


def test_a_month_without_a_night_is_a_row_of_its_own() -> None:
    """Nights are missed from the first to the last of the log, not before and not after."""
    months, totals = _months(a="o" + " " * 60 + "o")
    assert ["2026-11", "2026-12", "2027-01"] == totals["month"].to_list()
    assert [(1, 29), (0, 31), (1, 0)] == totals.select("nights", "nights_missed").rows()
    assert [1, 0, 1] == totals["attempts"].to_list()
    assert [0.0, None, 0.0] == totals["failed_share"].to_list()
    nights = endpoint_nights(draw_log({"a": "o o"}))
    assert [date(2026, 11, 1) + timedelta(days=1)] == missed_nights(nights)
    assert 2 == months.height


def test_an_empty_log_has_no_months() -> None:
    """And no nights were missed before the first."""
    months, totals = _months()
    assert (0, 0, []) == (months.height, totals.height, missed_nights(endpoint_nights(draw_log({}))))
