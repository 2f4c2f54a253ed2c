"""Marks of a drawing as SVG text; what is written is escaped here and nowhere else."""

from html import escape
from typing import Final

from headrace.report.chart_style import INK
from headrace.web.lettering import TYPEFACE

DECIMALS: Final = 1
"""Of places and sizes: a tenth of a pixel is not seen."""


def number_text(number: float) -> str:
    """A place or size, as short as can be."""
    return f"{round(number, DECIMALS):g}"


def attributes(**given: str | float | None) -> str:
    """Attributes of an element, those that are None left out; `_` stands for `-`, and a last `_` for nothing."""
    said = []
    for name, value in given.items():
        if value is not None:
            text = number_text(value) if isinstance(value, int | float) else escape(value, quote=True)
            said.append(f' {name.rstrip("_").replace("_", "-")}="{text}"')
    return "".join(said)


def rectangle(x: float, y: float, width: float, height: float, **more: str | float | None) -> str:
    """A rectangle, from its top left corner."""
    return f"<rect{attributes(x=x, y=y, width=width, height=height, **more)}/>"


def path(data: str, **more: str | float | None) -> str:
    """A path that is not filled, unless it is said how."""
    return f'<path d="{data}"{attributes(**({"fill": "none"} | more))}/>'


def line_of_text(
    x: float,
    y: float,
    said: str,
    *,
    size: float,
    fill: str = INK,
    bold: bool = False,
    anchor: str | None = None,
    halo: str | None = None,
    **more: str | float | None,
) -> str:
    """A line of text on its baseline; a `halo` of the ground's colour keeps what it crosses away from it."""
    weight = "700" if bold else None
    look = attributes(x=x, y=y, font_size=size, fill=fill, font_weight=weight, text_anchor=anchor, **more)
    if halo:
        look += attributes(stroke=halo, stroke_width=3.5, paint_order="stroke")
    return f"<text{look}>{escape(said, quote=False)}</text>"


def linked(address: str, title: str, drawn: str, **more: str | float | None) -> str:
    """Marks that open a page; the title is what is told of it."""
    return f"<a{attributes(href=address, **more)}><title>{escape(title, quote=False)}</title>{drawn}</a>"


def whole(width: float, height: float, label: str, drawn: str, *, top: float = 0, **more: str | float | None) -> str:
    """A drawing, to be placed in a page or to stand alone, from `top` down; `label` says what it is of."""
    box = f"0 {number_text(top)} {number_text(width)} {number_text(height)}"
    look = attributes(viewBox=box, role="group", aria_label=label, font_family=TYPEFACE, **more)
    return f'<svg xmlns="http://www.w3.org/2000/svg"{look}>{drawn}</svg>'


def picture_in_text(drawn: str, width: float, height: float, name: str) -> str:
    """A little drawing beside words that say the same: it is passed over when the page is read aloud."""
    size = {"width": number_text(width), "height": number_text(height)}
    box = f"0 0 {size['width']} {size['height']}"
    look = attributes(viewBox=box, aria_hidden="true", font_family=TYPEFACE, class_=name, **size)
    return f'<svg xmlns="http://www.w3.org/2000/svg"{look}>{drawn}</svg>'
