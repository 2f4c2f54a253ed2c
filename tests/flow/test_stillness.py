"""Inputs that stopped to change."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from headrace.flow.stillness import LOOKS, STOPPED, stopped_inputs

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def seen(said: str) -> pl.DataFrame:
    """Daily looks at one input, a letter a day."""
    rows = [("collect", "e", FIRST + timedelta(days=day), letter) for day, letter in enumerate(said)]
    return pl.DataFrame(rows, schema=LOOKS, orient="row")


@pytest.mark.parametrize(
    ("said", "stopped"),
    [
        ("abcdef" + "f" * 2, False),
        ("abcdef" + "f" * 3, True),
        ("abcde" + "e" * 30, False),
        ("abcccdef" + "f" * 6, False),
        ("abcccdef" + "f" * 7, True),
        ("a" * 40, False),
    ],
)
def test_an_input_stops_when_it_is_still_twice_as_long_as_ever(said: str, stopped: bool) -> None:
    """Judged from five changes on, by the longest time between two of them."""
    assert stopped == (stopped_inputs(seen(said)).height == 1)


def test_what_is_said_of_it() -> None:
    """The last change, the last look, the time between them, and the longest before."""
    found = stopped_inputs(seen("abccdef" + "f" * 9))
    assert found.schema == STOPPED
    changed, day = FIRST + timedelta(days=6), 86400.0
    assert [("collect", "e", changed, changed + timedelta(days=9), 9 * day, 2 * day, 5)] == found.rows()


def test_looks_that_found_no_change_may_be_left_out() -> None:
    """All but the last of them."""
    looks = seen("abccdef" + "f" * 9)
    fewer = looks.filter(
        (pl.col("said") != pl.col("said").shift(1)).fill_null(value=True) | (pl.int_range(pl.len()) == 15)
    )
    assert fewer.height < looks.height
    assert stopped_inputs(looks).equals(stopped_inputs(fewer))
