"""The numbers of a report as a chart."""

import polars as pl

from headrace.publish.chart import draw_svg
from headrace.report.quality.conformance import REPORT as CONFORMANCE
from headrace.report.quality.stale import REPORT
from headrace.report.quality.trend import draw_trend

SCHEMA = {"night": pl.String, "measure": pl.String, "value": pl.Float64}


def series(*rows):
    """Nights, measures and values."""
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def test_a_line_for_each_measure_that_was_ever_anything_but_0():
    """In the order of the report; the colour of a measure does not depend on the others."""
    both = draw_trend(REPORT, series(("2026-11-01", "stale", 3), ("2026-11-01", "stale soon", 1)))
    one = draw_trend(REPORT, series(("2026-11-01", "stale", 0), ("2026-11-01", "stale soon", 1)))
    scale = both["encoding"]["color"]["scale"]
    assert scale["domain"] == ["stale", "stale soon"]
    assert one["encoding"]["color"]["scale"] == {"domain": ["stale soon"], "range": scale["range"][1:]}
    assert [row["measure"] for row in one["data"]["values"]] == ["stale soon"]


def test_shares_are_percentages():
    """Where all that is shown are shares."""
    chart = draw_trend(CONFORMANCE, series(("2026-11-01", "supplied share", 0.8)))
    assert chart["encoding"]["y"]["axis"] == {"format": ".0%"}


def test_it_can_be_drawn_of_nothing_too():
    """Before the first night there is an empty picture."""
    assert draw_svg(draw_trend(REPORT, series())).startswith(b"<svg")
    assert b"2 nights kept" in draw_svg(
        draw_trend(REPORT, series(("2026-11-01", "stale", 3), ("2026-11-02", "stale", 4)), None)
    )
