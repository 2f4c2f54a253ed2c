"""A bar whose parts are shares of a whole: one number of a table, seen."""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

WIDTH: Final = 120
HEIGHT: Final = 12


def draw_bar(parts: Sequence[tuple[float, str]], ground: str = "#eaf0f0") -> str:
    """A bar as SVG: shares of its length with their colours, from the left; the number beside it says the same.

    Shares below 0 are drawn as 0, and what is over 1 in all is cut off.
    """
    look = {
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "preserveAspectRatio": "none",
        "class": "flow-bar",
        "aria-hidden": "true",
    }
    svg = Element("svg", look)
    SubElement(svg, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": ground})
    left = 0.0
    for share, colour in parts:
        width = min(max(share, 0.0) * WIDTH, WIDTH - left)
        if width > 0:
            place = {"x": f"{left:.2f}", "width": f"{width:.2f}", "height": str(HEIGHT), "fill": colour}
            SubElement(svg, "rect", place)
        left += width
    return tostring(svg, encoding="unicode")
