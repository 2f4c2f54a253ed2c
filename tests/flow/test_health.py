import polars as pl
import pytest

from headrace.flow.health import health

HOUR = 3600.0


@pytest.mark.parametrize(
    ("oldest_age_s", "measured", "expected"),
    [
        (None, False, "unmeasured"),
        (None, True, "green"),
        (26 * HOUR, True, "green"),
        (26 * HOUR + 1, True, "amber"),
        (7 * 24 * HOUR, True, "amber"),
        (7 * 24 * HOUR + 1, True, "red"),
    ],
)
def test_the_colour_follows_the_age_of_what_waits_longest(
    oldest_age_s: float | None, measured: bool, expected: str
) -> None:
    """A night and a week are the limits; a stage of which nothing is recorded has no colour."""
    frame = pl.DataFrame({"age": [oldest_age_s], "measured": [measured]}, schema={"age": pl.Float64, "measured": bool})
    assert [expected] == frame.select(health(pl.col("age"), pl.col("measured"))).to_series().to_list()
