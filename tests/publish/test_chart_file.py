from pathlib import Path

import pytest

from headrace.model.error import SettingsError
from headrace.publish.chart import draw_png, draw_svg
from headrace.publish.chart_file import write_chart
from headrace.report.chart_style import make_chart

CHART = make_chart([{"a": "x"}], {"mark": "bar", "encoding": {"x": {"field": "a"}}}, title="One")


@pytest.mark.parametrize(("name", "draw"), [("a.svg", draw_svg), ("a.PNG", draw_png)])
def test_the_name_says_the_form(name: str, draw, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Whatever the case of its letters."""
    write_chart(CHART, tmp_path / name)
    assert draw(CHART) == (tmp_path / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.gif", r"got 'a\.gif'; expected a name that ends in \.svg or \.png"), ("none/a.svg", "cannot be written")],
)
def test_a_chart_that_cannot_be_written_is_said(name: str, said: str, tmp_path: Path) -> None:
    """With what was expected."""
    with pytest.raises(SettingsError, match=said):
        write_chart(CHART, tmp_path / name)
