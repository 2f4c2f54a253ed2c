from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from headrace.flow.process_behaviour import process_behaviour

FIRST = datetime(2026, 1, 5, tzinfo=UTC)


def _chart(values: list[float | None]) -> pl.DataFrame:
    moments = [FIRST + timedelta(weeks=number) for number in range(len(values))]
    return process_behaviour(pl.DataFrame({"at": moments, "value": values}))


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    """Worked by hand: mean 12, moving ranges 4, 2, 2, 4, mean 3."""
    chart = _chart([10.0, 14.0, 12.0, 14.0, 10.0])
    first = chart.row(1, named=True)
    assert (first["mean"], first["moving_range"]) == (12.0, 4.0)
    assert (pytest.approx(12 - 2.66 * 3), pytest.approx(12 + 2.66 * 3)) == (first["lower"], first["upper"])
    assert pytest.approx(3.268 * 3) == first["range_upper"]
    assert [None] * 5 == chart["signal"].to_list()


STEADY = [10.0, 11.0] * 10
SIGNALS = {
    "a value far outside": ([*STEADY, 20.0], [20], "outside the limits"),
    "a run on one side": (
        [10.0, 12.0] * 8 + [11.3, 11.2] * 4,
        [22, 23],
        "eight in a row on one side of the mean",
    ),
}


@pytest.mark.parametrize(("values", "where", "signal"), SIGNALS.values(), ids=SIGNALS.keys())
def test_signals(values: list[float], where: list[int], signal: str) -> None:
    """A change that is no noise is told, and why."""
    found = _chart(values)["signal"].to_list()
    assert signal in found
    assert set(where) <= {number for number, each in enumerate(found) if each is not None}


def test_two_of_three_far_on_one_side_are_a_signal_at_the_second() -> None:
    """Nothing is one alone."""
    values = [*[10.0, 12.0] * 10, 15.9, 11.0, 15.9]
    assert ["two of three beyond two thirds of the way to a limit"] == _chart(values)["signal"].to_list()[22:]
    assert [None, None] == _chart(values)["signal"].to_list()[20:22]


def test_without_variation_or_values_there_is_no_signal() -> None:
    """A constant has limits without width, and what was not measured is left out."""
    assert [None] * 10 == _chart([5.0] * 10)["signal"].to_list()
    assert [(7.0, None, None)] == _chart([None, 7.0]).select("value", "upper", "signal").rows()
    assert _chart([]).is_empty()


def test_the_lower_limit_is_not_below_nothing() -> None:
    """What is counted or lasts cannot be negative."""
    assert 0.0 == _chart([0.0, 5.0, 0.0])["lower"][0]
