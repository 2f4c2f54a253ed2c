import numpy as np
import polars as pl
import pytest

from headrace.flow.survival import percentiles

P50 = {"p50_s": 0.5}


def _durations(rows: list[tuple[float, float, bool]]) -> pl.DataFrame:
    return pl.DataFrame(
        [("collect", *row) for row in rows],
        schema={"stage": pl.String, "entry_s": pl.Float64, "exit_s": pl.Float64, "ended": pl.Boolean},
        orient="row",
    )


CASES = {
    "one duration is its own percentile": ([(0, 7, True)], 7.0),
    "of two, half have ended after the first": ([(0, 3, True), (0, 9, True)], 3.0),
    "what has not ended is at least as long": ([(0, 3, True), (0, 9, False), (0, 9, False)], None),
    "leaving early does not count as ending": ([(0, 1, False), (0, 5, True), (0, 8, True)], 5.0),
    "of no length": ([(0, 0, True), (0, 0, True)], 0.0),
    "what was not watched when young says nothing about the young": ([(0, 2, True), (5, 6, True), (5, 7, True)], 2.0),
    "watched late and the only one to last": ([(0, 2, False), (1, 4, True)], 4.0),
}


@pytest.mark.parametrize(("rows", "expected"), CASES.values(), ids=CASES.keys())
def test_the_median_of_durations_that_may_go_on(rows: list[tuple[float, float, bool]], expected: float | None) -> None:
    """Worked by hand."""
    assert [expected] == percentiles(_durations(rows), P50)["p50_s"].to_list()


def test_the_textbook_example() -> None:
    """Remission times of the 6-MP group of Freireich (1963), the median of which is 23 weeks and the quartile 13."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    going_on = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    rows = [(0.0, float(t), True) for t in ended] + [(0.0, float(t), False) for t in going_on]
    found = percentiles(_durations(rows), {"p25_s": 0.25, "p50_s": 0.5, "p85_s": 0.85})
    assert found.rows() == [("collect", 13.0, 23.0, None, 35.0)]


def test_the_truth_is_found_in_four_weeks_of_a_steady_stream() -> None:
    """Of 400 arrivals a day with a known distribution, of which only four weeks are watched and many are never over."""
    random = np.random.default_rng(20261101)
    arrived = random.uniform(-400, 28, 400 * 428)
    lasts = random.exponential(10.0, arrived.size)
    seen = (arrived + lasts > 0) & (arrived < 28)
    exit_s = np.minimum(lasts, 28 - arrived)
    watched = pl.DataFrame(
        {"entry_s": np.maximum(-arrived, 0.0), "exit_s": exit_s, "ended": lasts == exit_s, "seen": seen}
    )
    found = percentiles(watched.filter("seen").with_columns(stage=pl.lit("collect")), {"p50_s": 0.5, "p85_s": 0.85})
    truth = (10 * np.log(2), -10 * np.log(0.15))
    assert truth == (pytest.approx(found["p50_s"][0], rel=0.05), pytest.approx(found["p85_s"][0], rel=0.05))
