import polars as pl
import pytest

from headrace.flow.health import health

HOUR = 3600.0


@pytest.mark.parametrize(
    ("oldest_age_s", "all_failed", "measured", "expected"),
    [
        (None, False, False, "unmeasured"),
        (None, False, True, "green"),
        (26 * HOUR, False, True, "green"),
        (26 * HOUR + 1, False, True, "amber"),
        (9 * HOUR, True, True, "amber"),
        (7 * 24 * HOUR, False, True, "amber"),
        (7 * 24 * HOUR + 1, False, True, "red"),
        (7 * 24 * HOUR + 1, True, True, "red"),
    ],
)
def test_the_colour_follows_what_waits_longest_and_what_failed(
    oldest_age_s: float | None, all_failed: bool, measured: bool, expected: str
) -> None:
    """A night and a week are the limits; a stage of which nothing is recorded has no colour."""
    frame = pl.DataFrame({"age": pl.Series([oldest_age_s], dtype=pl.Float64)})
    colour = health(pl.col("age"), pl.lit(all_failed), pl.lit(measured))
    assert [expected] == frame.select(colour=colour)["colour"].to_list()
