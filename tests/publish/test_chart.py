from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from headrace.publish.chart import SCALE, RemoteDataError, draw_png, draw_svg
from headrace.report.chart_style import FONT, Chart, make_chart

VALUES = [{"month": "2020-05", "attempts": 4}, {"month": "2020-06", "attempts": 8}]
VIEW: Chart = {
    "mark": {"type": "bar", "color": "#123456"},
    "encoding": {"x": {"field": "month", "type": "ordinal"}, "y": {"field": "attempts", "type": "quantitative"}},
}


def _chart() -> Chart:
    return make_chart(VALUES, VIEW, title="Attempts & nights")


def test_a_chart_becomes_svg_with_its_bars_to_scale() -> None:
    """The bar of twice as many is twice as high, in the colour that the view says."""
    paths = [path.attrib for path in ET.fromstring(draw_svg(_chart())).iter("{http://www.w3.org/2000/svg}path")]
    heights = [float(each["d"].split("v")[1].split("h")[0]) for each in paths if each.get("fill") == "#123456"]
    assert 2 * heights[0] == pytest.approx(heights[1], rel=0.02)
    assert 2 == len(heights)


def test_the_house_style_reaches_the_picture() -> None:
    """Its font, and its title with what XML must escape."""
    drawn = draw_svg(_chart()).decode()
    assert FONT.replace("'", "") in drawn.replace("&#x27;", "").replace("&apos;", "").replace("'", "")
    assert "Attempts &amp; nights" in drawn


def test_the_same_chart_is_the_same_picture() -> None:
    """So an unchanged chart keeps its ETag."""
    assert draw_svg(_chart()) == draw_svg(_chart())


def test_a_chart_becomes_png_sharp_enough_for_paper() -> None:
    """Width and height are in the header of a PNG; they are those of the SVG, so many dots a pixel."""
    drawn, svg = draw_png(_chart()), ET.fromstring(draw_svg(_chart()))
    assert b"\x89PNG\r\n\x1a\n" == drawn[:8]
    size = [int.from_bytes(drawn[at : at + 4], "big") for at in (16, 20)]
    assert [pytest.approx(SCALE * float(svg.attrib[side]), abs=SCALE) for side in ("width", "height")] == size


@pytest.mark.parametrize("draw", [draw_svg, draw_png])
@pytest.mark.parametrize(
    "place", [lambda data: {"data": data}, lambda data: {"layer": [VIEW | {"data": data}]}], ids=["top", "layer"]
)
def test_nothing_is_read_from_elsewhere(draw, place, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A file of this machine neither: the library itself would read it."""
    secret = tmp_path / "rows.json"
    secret.write_text("[]")
    for url in (secret.as_uri(), "https://example.com/rows.json", "rows.json"):
        with pytest.raises(RemoteDataError, match=r"expected a chart with its rows in `data\.values`"):
            draw(_chart() | place({"url": url}))


def test_rows_may_hold_addresses() -> None:
    """A column named `url` is a value, not a place to read from."""
    assert draw_svg(make_chart([{"url": "https://example.com/", "month": "m", "attempts": 1}], VIEW, title="URLs"))


def test_what_is_no_chart_is_said() -> None:
    """As an error, not as an empty picture."""
    with pytest.raises(ValueError, match="Vega-Lite"):
        draw_svg({"mark": "nonsense"})
