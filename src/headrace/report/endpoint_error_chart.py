"""The charts of the report on endpoints and errors.

Each takes the months that `headrace.flow.endpoint_month.month_totals` returns, or ages, and gives a chart in the house
style.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from headrace.report.chart_style import (
    AGE_COLOURS,
    BAD,
    DEEP,
    GOOD,
    HEALTH_COLOURS,
    INK,
    QUIET,
    WATER,
    Chart,
    beside,
    colour_scale,
    make_chart,
)

WIDE: Final = 500
NARROW: Final = 270
"""Pixels of the plot where two stand beside one another, and on a telephone."""

OUTCOMES: Final = {"Failed": BAD, "Answered, with no data": HEALTH_COLOURS["unmeasured"], "OK": GOOD}
"""What became of an attempt, in the order in which it is stacked."""

MONTH: Final[Chart] = {
    "field": "month",
    "timeUnit": "utcyearmonth",
    "type": "temporal",
    "axis": {"format": "%b %Y", "title": None, "labelFlush": False},
}
"""The axis of months. They are read as UTC, whatever the clock of the machine that draws."""


def draw_attempts(totals: pl.DataFrame, *, narrow: bool = False) -> Chart:
    """Attempts per month, by what became of them: the chart of errors and OK."""
    kept = totals.with_columns(kept=pl.col("attempts") - pl.col("failed") - pl.col("unusable"))
    columns = dict(zip(("failed", "unusable", "kept"), OUTCOMES, strict=True))
    view = _stacked(OUTCOMES, narrow=narrow)
    return make_chart(
        _long(kept, columns), view, title="Attempts to collect, by month", subtitle="those that failed below"
    )


def draw_states(totals: pl.DataFrame, states: Mapping[str, str], *, narrow: bool = False) -> Chart:
    """Endpoints at the end of each month, by state.

    Args:
        totals: the months.
        states: column of each state and its label: the good one first, then those that fail, the youngest first.
        narrow: whether it is for a telephone.
    """
    good, *failing = states.values()
    colours = {good: WATER, **dict(zip(failing, AGE_COLOURS, strict=True))}
    worst_below = dict(reversed(colours.items()))
    return make_chart(
        _long(totals, {column: states[column] for column in reversed(list(states))}),
        _stacked(worst_below, narrow=narrow, legend_columns=1 if narrow else 2),
        title="Endpoints at the end of the month",
        subtitle="by how long they have failed",
    )


def draw_report(totals: pl.DataFrame, states: Mapping[str, str]) -> Chart:
    """The chart of attempts, and beside it that of endpoints; see `draw_states` for the arguments."""
    return beside(draw_attempts(totals), draw_states(totals, states), title="Endpoints and errors")


def draw_changes(totals: pl.DataFrame, *, narrow: bool = False) -> Chart:
    """Endpoints that were added, began to fail or recovered in each month, and the nights without a run."""
    panels = (
        ("endpoints_added", "Added", DEEP),
        ("endpoints_newly_failing", "Newly failing", BAD),
        ("endpoints_recovered", "Recovered", GOOD),
        ("nights_missed", "Nights missed", INK),
    )
    width = NARROW if narrow else WIDE
    views = [
        {
            "width": width,
            "height": 46,
            "mark": {"type": "bar", "color": colour, "width": {"band": 0.82}},
            "encoding": {
                "x": MONTH if number == len(panels) - 1 else MONTH | {"axis": None},
                "y": {
                    "field": column,
                    "type": "quantitative",
                    "axis": {"title": None, "tickCount": 2},
                },
            },
            "title": {"text": label, "fontSize": 13, "fontWeight": "normal", "offset": 3, "color": INK},
        }
        for number, (column, label, colour) in enumerate(panels)
    ]
    values = _months(totals).select("month", *(column for column, _, _ in panels)).to_dicts()
    made = make_chart(
        values,
        {"vconcat": views, "spacing": 12, "resolve": {"scale": {"x": "shared"}}},
        title="What changed, by month",
        subtitle="each in numbers of its own scale",
    )
    return {key: part for key, part in made.items() if key not in ("width", "height")}


def draw_failures(ages: Sequence[Mapping[str, Any]], *, narrow: bool = False) -> Chart:
    """How long failures last: the share that goes on after so many days.

    Args:
        ages: rows with `days`, `with_open` (share 0–1, failures that go on counted in) and `closed` (of those alone
            that have ended).
        narrow: whether it is for a telephone.
    """
    labels = {"with_open": "All failures, those that go on counted in", "closed": "Only those that have ended"}
    values = [
        {"days": max(row["days"], 0.7), "share": row[column], "of": label}
        for column, label in labels.items()
        for row in ages
        if row[column] is not None
    ]
    view: Chart = {
        "width": NARROW if narrow else WIDE,
        "height": 220,
        "mark": {"type": "line", "interpolate": "step-after"},
        "encoding": {
            "x": {
                "field": "days",
                "type": "quantitative",
                "scale": {"type": "log", "nice": False},
                "axis": {"title": "Days since it began to fail", "values": [1, 7, 30, 100, 365, 1000], "grid": True},
            },
            "y": {
                "field": "share",
                "type": "quantitative",
                "scale": {"domain": [0, 1]},
                "axis": {"title": None, "format": "%"},
            },
            "color": {
                "field": "of",
                "type": "nominal",
                "scale": colour_scale(dict(zip(labels.values(), (BAD, QUIET), strict=True))),
                "legend": {"columns": 1, "symbolType": "stroke"},
            },
            "strokeDash": {
                "field": "of",
                "type": "nominal",
                "scale": {"domain": list(labels.values()), "range": [[1, 0], [5, 4]]},
                "legend": None,
            },
        },
    }
    return make_chart(values, view, title="How long a failure lasts", subtitle="share that goes on after so many days")


def _stacked(colours: Mapping[str, str], *, narrow: bool, legend_columns: int = 3) -> Chart:
    order = {label: number for number, label in enumerate(colours)}
    return {
        "width": NARROW if narrow else WIDE,
        "height": 230,
        "transform": [{"calculate": f"{order}[datum.of]", "as": "order"}],
        "mark": {"type": "bar", "width": {"band": 0.86}},
        "encoding": {
            "x": MONTH,
            "y": {"field": "count", "type": "quantitative", "axis": {"title": None, "format": ",d"}},
            "color": {
                "field": "of",
                "type": "nominal",
                "scale": colour_scale(colours),
                "legend": {"columns": legend_columns, "labelLimit": 300},
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }


def _long(totals: pl.DataFrame, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row per month and column, with the label of the column."""
    months = _months(totals)
    return [
        {"month": row["month"], "of": label, "count": row[column]}
        for column, label in columns.items()
        for row in months.iter_rows(named=True)
    ]


def _months(totals: pl.DataFrame) -> pl.DataFrame:
    return totals.with_columns(pl.col("month") + "-01")
