"""A chart as a response: the picture, or the specification it is drawn from.

A route ends in `.{form}` with `form: ChartForm`; a page shows it as `<img src="….svg" alt="…">`.
"""

from collections.abc import Mapping
from enum import StrEnum

import orjson
from fastapi import Response

from headrace.publish.chart import draw_png, draw_svg
from headrace.report.chart_style import Chart


class ChartForm(StrEnum):
    """How a chart is asked for."""

    SVG = "svg"
    PNG = "png"
    SPECIFICATION = "vl.json"


def answer_chart(chart: Chart, form: ChartForm, headers: Mapping[str, str] | None = None) -> Response:
    """The chart in one of its forms."""
    match form:
        case ChartForm.SVG:
            body, media_type = draw_svg(chart), "image/svg+xml"
        case ChartForm.PNG:
            body, media_type = draw_png(chart), "image/png"
        case ChartForm.SPECIFICATION:
            body, media_type = orjson.dumps(chart), "application/json"
    return Response(body, headers=headers, media_type=media_type)
