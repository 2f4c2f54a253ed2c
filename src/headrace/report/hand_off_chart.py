"""Hand-offs month by month as a chart: those that went on, and those that went back."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from headrace.report.chart_style import BAD, GOOD, Chart, colour_scale, make_chart

COLOURS: Final = {"went on": GOOD, "went back": BAD}


def chart_months(months: Sequence[Mapping[str, Any]]) -> Chart:
    """A stacked bar per month, of rows of `headrace.flow.hand_off.by_month`."""
    rows = [
        {"month": f"{month['month']}-01", "count": count, "how": how, "order": order}
        for month in months
        for order, (how, count) in enumerate(
            (("went on", month["count"] - month["back"]), ("went back", month["back"]))
        )
    ]
    view: Chart = {
        "height": 200,
        "mark": {"type": "bar", "width": {"band": 0.82}},
        "encoding": {
            "x": {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth", "axis": {"title": None}},
            "y": {"field": "count", "type": "quantitative", "axis": {"title": "hand-offs", "format": ",d"}},
            "color": {"field": "how", "type": "nominal", "scale": colour_scale(COLOURS)},
            "order": {"field": "order", "type": "quantitative"},
        },
    }
    return make_chart(rows, view, title="Hand-offs a month")
