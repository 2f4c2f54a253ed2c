import polars as pl
import pytest

from headrace.flow.health import health

NIGHT, HOUR = 26 * 3600.0, 3600.0


@pytest.mark.parametrize(
    ("oldest_age_s", "wait_p85_s", "work_p85_s", "all_failed", "measured", "expected"),
    [
        (None, None, None, False, False, "unmeasured"),
        (None, 60.0, 60.0, False, True, "green"),
        (NIGHT, NIGHT, HOUR, False, True, "green"),
        (NIGHT + 1, 60.0, 60.0, False, True, "amber"),
        (60.0, 60.0, HOUR + 1, False, True, "amber"),
        (60.0, 60.0, 60.0, True, True, "amber"),
        (NIGHT + 1, NIGHT + 1, 60.0, False, True, "red"),
        (NIGHT + 1, None, None, False, True, "red"),
        (60.0, None, None, False, True, "green"),
    ],
)
def test_the_colour_follows_what_is_expected(
    oldest_age_s: float | None,
    wait_p85_s: float | None,
    work_p85_s: float | None,
    all_failed: bool,
    measured: bool,
    expected: str,
) -> None:
    """One item that waits too long is amber, more than 15 in 100 are red; a p85 that is not known yet is long."""
    row = {"oldest_age_s": oldest_age_s, "wait_p85_s": wait_p85_s, "work_p85_s": work_p85_s, "work_watched_s": None}
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.Float64))
    colour = health(pl.lit(NIGHT), pl.lit(HOUR), pl.lit(all_failed), pl.lit(measured))
    assert [expected] == frame.select(colour=colour)["colour"].to_list()


def test_where_nothing_is_expected_only_failure_colours() -> None:
    """A stage without an expectation is not late."""
    row = {"oldest_age_s": 1e9, "wait_p85_s": 1e9, "work_p85_s": 1e9, "work_watched_s": 1e9}
    none = pl.lit(None, pl.Float64)
    colour = health(none, none, pl.lit(value=False), pl.lit(value=True))
    assert ["green"] == pl.DataFrame(row).select(colour=colour)["colour"].to_list()


def test_work_that_has_not_ended_is_slow_before_anybody_knows_how_slow() -> None:
    """What was begun and goes on for longer than is expected is no green stage, although its p85 is not known."""
    row = {"oldest_age_s": None, "wait_p85_s": 0.0, "work_p85_s": None, "work_watched_s": HOUR + 1}
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.Float64))
    colour = health(pl.lit(NIGHT), pl.lit(HOUR), pl.lit(value=False), pl.lit(value=True))
    assert ["amber"] == frame.select(colour=colour)["colour"].to_list()
