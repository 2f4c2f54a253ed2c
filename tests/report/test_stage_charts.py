"""The charts of one stage: what they show is what they are given."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from headrace.publish.chart import draw_svg
from headrace.report.chart_style import Chart
from headrace.report.stage_charts import (
    MOST_POINTS,
    READING,
    draw_ageing,
    draw_behaviour,
    draw_cycle_times,
    draw_flow,
    draw_forecast,
    draw_survival,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
HOUR, DAY = 3600.0, 86400.0
LEAD: dict[str, float | None] = {"p50": HOUR, "p85": 5 * HOUR, "p95": None}
DAYS = pl.DataFrame(
    {
        "on": [date(2026, 11, 1), date(2026, 11, 2)],
        "arrived": [3, 2],
        "departed": [1, 2],
        "arrived_before": [13, 15],
        "departed_before": [11, 13],
        "present": [2, 2],
        "working": [1, 0],
        "waiting": [1, 2],
    }
)
CURVE = pl.DataFrame({"age_s": [HOUR, 3 * HOUR, 9 * HOUR], "ends": [1, 1, 0], "surviving": [0.6, 0.3, 0.3]})


def _finished(count: int, lead_s: float = HOUR) -> pl.DataFrame:
    moments = [NOW - timedelta(minutes=number) for number in range(count)]
    return pl.DataFrame({"at": moments, "lead_s": [lead_s] * count, "outcome": ["finished"] * count})


def _under_way(ages_s: list[float]) -> pl.DataFrame:
    count = len(ages_s)
    waits = ["provider", *([None] * (count - 1))]
    return pl.DataFrame({"position": list(range(1, count + 1)), "age_s": ages_s, "waits_for": waits})


def _behaviour() -> pl.DataFrame:
    rows = {"at": [NOW, NOW + timedelta(weeks=1)], "value": [2 * DAY, 9 * DAY], "signal": [None, "outside the limits"]}
    return pl.DataFrame(rows).with_columns(mean=3 * DAY, lower=0.0, upper=5 * DAY)


def _charts(narrow: bool) -> dict[str, Chart]:
    ends = {"50%": NOW + timedelta(days=3), "85%": None}
    behaviour = draw_behaviour(_behaviour(), title="Lead", subtitle="by week", narrow=narrow)
    return {
        "flow": draw_flow(DAYS, narrow=narrow),
        "cycle-times": draw_cycle_times(_finished(3), LEAD, narrow=narrow),
        "ageing": draw_ageing(_under_way([DAY, HOUR]), LEAD, narrow=narrow),
        "behaviour": behaviour,
        "throughput": behaviour,
        "survival": draw_survival(CURVE, narrow=narrow),
        "forecast": draw_forecast(DAYS, NOW, 2, ends, narrow=narrow),
    }


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", READING)
def test_every_chart_can_be_drawn_and_says_how_it_is_read(name: str, narrow: bool) -> None:
    """For a desk and for a telephone."""
    chart = _charts(narrow)[name]
    assert draw_svg(chart).startswith(b"<svg")
    assert READING[name].endswith(".")
    assert (chart["width"] < 300) is narrow


def test_the_bands_of_a_cumulative_flow_diagram_lie_on_one_another() -> None:
    """Counted from the first day: 1 had left by its end, 1 was worked on, 1 waited."""
    told = [(row["band"], row["from"], row["to"]) for row in draw_flow(DAYS)["data"]["values"][:3]]
    assert [("left", 0, 1), ("worked on", 1, 2), ("waiting", 2, 3)] == told


def test_a_queue_that_would_be_hidden_by_what_left_is_drawn_alone() -> None:
    """And the picture says so."""
    chart = draw_flow(DAYS.with_columns(departed=pl.lit(5000), departed_before=pl.Series([9000, 14000])))
    assert {"worked on", "waiting"} == {row["band"] for row in chart["data"]["values"]}
    assert "the 10,000 that left would hide them" in chart["title"]["subtitle"]


def test_of_many_points_evenly_many_are_drawn_and_the_picture_says_so() -> None:
    """A hundred thousand points are no picture."""
    chart = draw_cycle_times(_finished(4 * MOST_POINTS), LEAD)
    assert MOST_POINTS == len(chart["data"]["values"])
    assert "1,500 of 6,000 are drawn" in chart["title"]["subtitle"]


def test_durations_are_in_the_unit_that_fits() -> None:
    """Ordinary ones in days; where a few are very long, in the unit of the ordinary, on a logarithmic scale."""
    even = draw_ageing(_under_way([4 * DAY, 2 * DAY]), {"p50": 3 * DAY})
    assert [4.0, 2.0] == [row["age"] for row in even["data"]["values"]]
    assert "age in days" == even["layer"][0]["encoding"]["y"]["axis"]["title"]
    uneven = draw_ageing(_under_way([400 * DAY, DAY]), LEAD)
    assert "age in hours, logarithmic" == uneven["layer"][0]["encoding"]["y"]["axis"]["title"]


def test_a_forecast_has_a_line_for_each_chance_that_can_be_told() -> None:
    """What cannot be said is not drawn."""
    chart = draw_forecast(DAYS, NOW, 2, {"50%": NOW + timedelta(days=3), "85%": None})
    assert [("50%", 2), ("50%", 0)] == [(row["sure"], row["left"]) for row in chart["data"]["values"] if "left" in row]
