"""The numbers of a report night by night, as a chart."""

from datetime import date
from typing import Final

import polars as pl

from headrace.report.chart_style import CATEGORIES, Chart, colour_scale, make_chart
from headrace.report.quality.standing_report import StandingReport

TICKS: Final = 7
"""Days that are named beneath a chart, at most, roughly."""


def draw_trend(report: StandingReport, series: pl.DataFrame, whose: str | None = None) -> Chart:
    """A line for each measure of a report that was ever anything but 0.

    Args:
        report: whose measures they are.
        series: `night` (ISO day), `measure` and `value`.
        whose: of which dataset or organisation, in words; None where of all.
    """
    names = [each.name for each in report.measures]
    colours = {name: CATEGORIES[number % len(CATEGORIES)] for number, name in enumerate(names)}
    shown = [name for name in names if series.filter((pl.col("measure") == name) & (pl.col("value") != 0)).height]
    values = series.filter(pl.col("measure").is_in(shown)).select("night", "measure", "value").to_dicts()
    axis: Chart = {"format": ".0%"} if all(each.is_share for each in report.measures if each.name in shown) else {}
    nights = series["night"].n_unique()
    view: Chart = {
        "mark": {"type": "line", "interpolate": "step-after", "point": nights < 60},
        "encoding": {
            "x": {"field": "night", "type": "temporal", "title": None, "axis": _days(series)},
            "y": {"field": "value", "type": "quantitative", "title": None, "axis": axis},
            "color": {
                "field": "measure",
                "type": "nominal",
                "sort": shown,
                "scale": colour_scale({name: colours[name] for name in shown}),
            },
        },
    }
    kept = f"{nights} night{'' if nights == 1 else 's'} kept"
    subtitle = kept if whose is None else f"{whose}; {kept}"
    return make_chart(values, view, title=f"{report.title}, night by night", subtitle=subtitle)


def _days(series: pl.DataFrame) -> Chart:
    """The axis of nights: whole days alone are named."""
    nights = [date.fromisoformat(night) for night in series["night"].unique().sort()]
    span = (nights[-1] - nights[0]).days if nights else 0
    return {"format": "%-d %b %Y", "tickCount": {"interval": "day", "step": span // TICKS + 1}}
