"""A chart as a response: the picture, or the specification it is drawn from.

A page shows a chart by the macro `chart` of `chart_parts.html`, which asks for `NAME.svg`, and on a telephone for
`NAME-narrow.svg`.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import orjson
from fastapi import Response

from headrace.publish.chart import draw_png, draw_svg
from headrace.report.chart_style import Chart
from headrace.web.problem import not_found


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


def answer_chart_file(
    file: str, charts: Mapping[str, Callable[[], Chart]], headers: Mapping[str, str] | None = None
) -> Response:
    """The chart that a file name such as `attempts.svg` or `attempts.vl.json` asks for, made when it is asked for.

    Raises:
        ProblemError: there is no chart of that name, or no such form; answered with 404 and what there is.
    """
    name, _, form = file.partition(".")
    if name not in charts or form not in list(ChartForm):
        forms = ", ".join(f".{each.value}" for each in ChartForm)
        raise not_found(f"There is no chart {file!r}. The charts are {', '.join(charts)}, each with {forms}.")
    return answer_chart(charts[name](), ChartForm(form), headers)
