import json

import pytest

from headrace.publish.chart import draw_png, draw_svg
from headrace.report.chart_style import make_chart
from headrace.web.chart import ChartForm, answer_chart

CHART = make_chart([{"a": "x"}], {"mark": "bar", "encoding": {"x": {"field": "a"}}}, title="One")


@pytest.mark.parametrize(
    ("form", "media_type", "body"),
    [
        (ChartForm.SVG, "image/svg+xml", draw_svg(CHART)),
        (ChartForm.PNG, "image/png", draw_png(CHART)),
        (ChartForm.SPECIFICATION, "application/json", json.dumps(CHART, separators=(",", ":")).encode()),
    ],
)
def test_a_chart_is_answered_in_each_form(form: ChartForm, media_type: str, body: bytes) -> None:
    """With its media type, and the headers that the route says."""
    answer = answer_chart(CHART, form, {"Cache-Control": "no-store"})
    assert (body, media_type, "no-store") == (answer.body, answer.media_type, answer.headers["cache-control"])
