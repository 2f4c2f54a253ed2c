import polars as pl
import pytest

from headrace.report.chart_style import AGE_COLOURS, WATER
from headrace.report.endpoint_error_chart import (
    NARROW,
    WIDE,
    draw_attempts,
    draw_changes,
    draw_failures,
    draw_report,
    draw_states,
)

TOTALS = pl.DataFrame(
    {
        "month": ["2020-05", "2020-06"],
        "attempts": [10, 20],
        "failed": [1, 5],
        "unusable": [2, 0],
        "ok": [7, 8],
        "days": [1, 2],
        "weeks": [0, 3],
        "months": [0, 1],
        "years": [0, 0],
        "endpoints_added": [8, 0],
        "endpoints_newly_failing": [1, 2],
        "endpoints_recovered": [0, 1],
        "nights_missed": [0, 12],
    }
)
STATES = {"ok": "OK", "days": "days", "weeks": "weeks", "months": "months", "years": "years"}


def test_attempts_are_stacked_by_what_became_of_them() -> None:
    """Failed at the bottom, where its growth is seen; together they are all attempts."""
    chart = draw_attempts(TOTALS)
    values = chart["data"]["values"]
    assert ["Failed", "Answered, with no data", "OK"] == chart["encoding"]["color"]["scale"]["domain"]
    assert {"2020-05-01": 10, "2020-06-01": 20} == {
        month: sum(row["count"] for row in values if row["month"] == month) for month in ("2020-05-01", "2020-06-01")
    }


def test_the_longer_an_endpoint_has_failed_the_darker_and_the_lower_it_is() -> None:
    """The good ones are on top, in the colour of water."""
    scale = draw_states(TOTALS, STATES)["encoding"]["color"]["scale"]
    assert ["years", "months", "weeks", "days", "OK"] == scale["domain"]
    assert [*reversed(AGE_COLOURS), WATER] == scale["range"]


def test_changes_have_a_panel_each() -> None:
    """With the months under the last alone."""
    panels = draw_changes(TOTALS)["vconcat"]
    assert ["endpoints_added", "endpoints_newly_failing", "endpoints_recovered", "nights_missed"] == [
        panel["encoding"]["y"]["field"] for panel in panels
    ]
    assert [True, True, True, False] == [panel["encoding"]["x"]["axis"] is None for panel in panels]


def test_a_curve_leaves_out_what_is_not_known() -> None:
    """Where no failure has ended there is no curve of those that have."""
    chart = draw_failures([{"days": 0, "with_open": 1.0, "closed": None}, {"days": 3, "with_open": 0.5, "closed": 0.2}])
    assert [1.0, 0.5, 0.2] == [row["share"] for row in chart["data"]["values"]]
    assert all(row["days"] > 0 for row in chart["data"]["values"]), "the scale is logarithmic"


@pytest.mark.parametrize("draw", [draw_attempts, lambda totals, narrow: draw_states(totals, STATES, narrow=narrow)])
def test_there_is_a_narrow_one_for_telephones(draw) -> None:  # type: ignore[no-untyped-def]
    """The letters stay as large."""
    assert (NARROW, WIDE) == (draw(TOTALS, narrow=True)["width"], draw(TOTALS, narrow=False)["width"])


def test_the_report_is_two_charts_beside_one_another() -> None:
    """That of attempts and that of endpoints, with one style."""
    assert ["Attempts to collect, by month", "Endpoints at the end of the month"] == [
        part["title"]["text"] for part in draw_report(TOTALS, STATES)["hconcat"]
    ]
