from datetime import timedelta

import polars as pl
import pytest

from drawn_attempts import FIRST, draw_log
from headrace.flow.failing import endpoint_nights, failure_percentiles, failures, failures_going_on
from headrace.flow.repair import GIVEN_UP_NIGHTS


def attempts(**by_endpoint: str) -> pl.DataFrame:
    """Attempts of endpoints, one character a night."""
    return draw_log(by_endpoint)


def _spells(**by_endpoint: str) -> list[tuple[object, ...]]:
    found = failures(endpoint_nights(attempts(**by_endpoint))).cast({"endpoint": pl.String})
    return [
        (each["endpoint"], (each["since"] - FIRST).days, each["nights"], each["days"], each["ended_on"] is not None)
        for each in found.iter_rows(named=True)
    ]


def test_what_an_attempt_came_to() -> None:
    """An answer of 200 that is no data is not a failed attempt, and not a good night either."""
    nights = endpoint_nights(attempts(a="ox-h"))
    assert [0, 1, 1, 0] == nights["failed"].to_list()
    assert [0, 0, 0, 1] == nights["unusable"].to_list()
    assert [True, False, False, False] == nights["good"].to_list()
    assert [None, "it was answered 404", "there was no answer", "a page, not data"] == nights["reason"].to_list()


def test_a_night_is_good_when_one_attempt_was() -> None:
    """Whichever came first; both are counted."""
    twice = pl.concat([attempts(a="x"), attempts(a="o")])
    assert [(True, 2, 1)] == endpoint_nights(twice).select("good", "attempts", "failed").rows()


def test_rows_of_the_log_are_told_of_each() -> None:
    """Two rows of a log recorded elsewhere that tell of one attempt are one attempt; none said is one."""
    told = attempts(a="oo").with_columns(told=pl.Series([2, None], dtype=pl.Int64))
    assert [(1, 2), (1, 1)] == endpoint_nights(told).select("attempts", "rows").rows()


def test_spells_begin_and_end() -> None:
    """From the first night that failed to the next good one; the last goes on, and what is not asked is not known."""
    assert [("a", 1, 2, 2, True), ("a", 5, 2, 2, False), ("b", 0, 1, 1, True)] == _spells(a="oxxo x x", b="xo")


def test_a_spell_of_one_endpoint_does_not_run_into_the_next() -> None:
    """One ends failing, the next begins failing: two spells."""
    assert [("a", 1, 1, 0, False), ("b", 0, 1, 1, True)] == _spells(a="ox", b="xo")


def test_a_failing_endpoint_that_was_given_up_begins_to_fail_anew() -> None:
    """As its repair does; the first spell has no end."""
    idle = " " * GIVEN_UP_NIGHTS
    others = "o" * (GIVEN_UP_NIGHTS + 3)
    assert [("a", 0, 1, 0, False), ("a", GIVEN_UP_NIGHTS + 1, 1, 1, True)] == _spells(a=f"x{idle}xo", b=others)
    shorter = " " * (GIVEN_UP_NIGHTS - 1)
    assert [("a", 0, 2, GIVEN_UP_NIGHTS + 1, True)] == _spells(a=f"x{shorter}xo", b=others)


def test_failing_since_is_that_of_the_spell() -> None:
    """And is nothing on a good night."""
    since = endpoint_nights(attempts(a="xoxx"))["failing_since"].to_list()
    assert [FIRST, None, FIRST + timedelta(days=2), FIRST + timedelta(days=2)] == since


def test_failures_that_go_on_are_counted_in() -> None:
    """Nine of ten ended within a day or go on: of the closed alone all would be over after it."""
    spells = failures(
        endpoint_nights(attempts(**{f"e{n}": "xo" for n in range(5)}, **{f"f{n}": "xxx" for n in range(5)}))
    )
    told = {row["days"]: (row["with_open"], row["closed"]) for row in failures_going_on(spells).iter_rows(named=True)}
    assert (pytest.approx(0.5), 0.0) == told[1]
    assert {"p50_days": 1.0, "p85_days": None, "watched_days": 2.0} == failure_percentiles(spells)


def test_of_nothing_nothing_is_said() -> None:
    """No attempt, no night, no failure, no percentile."""
    nights = endpoint_nights(attempts())
    assert (0, 0) == (nights.height, failures(nights).height)
    assert {None} == set(failure_percentiles(failures(nights)).values())
