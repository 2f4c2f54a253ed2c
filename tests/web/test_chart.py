import json

import pytest

from headrace.publish.chart import draw_png, draw_svg
from headrace.report.chart_style import make_chart
from headrace.web.chart import ChartForm, answer_chart, answer_chart_file
from headrace.web.problem import ProblemError

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


@pytest.mark.parametrize("form", ChartForm)
def test_a_file_name_says_which_chart_in_which_form(form: ChartForm) -> None:
    """`one.vl.json` has two dots in it."""
    assert answer_chart(CHART, form).body == answer_chart_file(f"one.{form}", {"one": lambda: CHART}).body


@pytest.mark.parametrize("file", ["one", "one.", "one.gif", "two.svg", ".svg", "one.vl.json.svg"])
def test_what_there_is_is_said_to_who_asks_for_another(file: str) -> None:
    """With every chart and every form."""
    with pytest.raises(ProblemError, match=r"The charts are one, each with \.svg, \.png, \.vl\.json\."):
        answer_chart_file(file, {"one": lambda: CHART})
