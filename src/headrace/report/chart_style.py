"""How charts look: the colours of the service, and its house style as a Vega-Lite configuration.

A chart is a Vega-Lite specification: a plain dict with its data in it. `headrace.publish.chart` draws it.
Colours that stand alone have a contrast of at least 3 to 1 with the white ground (WCAG 2.2, 1.4.11); those of one
scale, which are stacked, are told apart by their place and their label as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

Chart: TypeAlias = dict[str, Any]
"""A Vega-Lite specification: JSON, whose values are of any kind."""

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
"""The name of the language; nothing is fetched from there."""

FONT: Final = "Arial, Helvetica, 'Liberation Sans', sans-serif"

INK: Final = "#0b0c0c"
QUIET: Final = "#4a5759"
LINE: Final = "#cecece"
GROUND: Final = "#ffffff"
DEEP: Final = "#12454d"
WATER: Final = "#c9e6e3"

HEALTH_COLOURS: Final = {"green": "#00703c", "amber": "#b35900", "red": "#c22414", "unmeasured": "#6f777b"}
"""The colour of a judgement; each has a contrast of at least 4.5 to 1 with white."""

AWAITED_COLOURS: Final = {
    "schedule": "#7cc0bb",
    "provider": "#b79bd0",
    "operator": "#6f94d2",
    "reviewer": "#d8b46a",
    "dependency": "#8f9a9c",
}
"""The colour of waiting by what is waited for, in the order in which it is stacked; none means good or bad."""

GOOD: Final = "#4f918b"
BAD: Final = HEALTH_COLOURS["red"]
"""What went well beside what failed: two colours that people who cannot tell red from green can tell apart."""

AGE_COLOURS: Final = ("#f3c9a5", "#e39a63", "#c22414", "#6d1208")
"""The youngest first: what is older is darker."""

CATEGORIES: Final = ("#12454d", "#5694ca", "#a8781c", "#912b88", "#4f918b", "#b35900", "#6f777b", "#d4351c")
"""The colours of things that have no colour of their own, in the order in which they are given out."""

WIDTH: Final = 640
HEIGHT: Final = 260
"""Pixels of the plot, without axes and titles; a page scales the picture to its column."""

CONFIG: Final[Chart] = {
    "background": GROUND,
    "font": FONT,
    "padding": 4,
    "customFormatTypes": False,
    "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": HEIGHT, "discreteWidth": WIDTH},
    "title": {
        "anchor": "start",
        "frame": "group",
        "color": INK,
        "fontSize": 17,
        "fontWeight": "bold",
        "subtitleColor": QUIET,
        "subtitleFontSize": 14,
        "subtitlePadding": 5,
        "offset": 14,
    },
    "axis": {
        "domainColor": QUIET,
        "gridColor": "#e6e9e9",
        "labelColor": INK,
        "labelFontSize": 13,
        "labelPadding": 6,
        "tickColor": QUIET,
        "tickSize": 4,
        "titleColor": QUIET,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titlePadding": 10,
    },
    "axisX": {"grid": False, "labelOverlap": "greedy", "labelSeparation": 10},
    "axisY": {"domain": False, "ticks": False, "tickCount": 5},
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "columns": 4,
        "labelColor": INK,
        "labelFontSize": 13,
        "labelLimit": 240,
        "symbolSize": 130,
        "symbolType": "square",
        "title": None,
        "offset": 8,
    },
    "bar": {"color": DEEP},
    "line": {"color": DEEP, "strokeWidth": 2.5, "strokeCap": "round", "strokeJoin": "round"},
    "area": {"color": DEEP, "opacity": 0.9},
    "point": {"color": DEEP, "filled": True, "size": 45},
    "rule": {"color": QUIET, "strokeDash": [5, 4]},
    "text": {"color": INK, "fontSize": 13},
    "range": {"category": list(CATEGORIES), "ordinal": list(AGE_COLOURS)},
}
"""What every chart has that says nothing else."""


def make_chart(values: Sequence[Mapping[str, Any]], view: Chart, *, title: str, subtitle: str | None = None) -> Chart:
    """A chart in the house style.

    Args:
        values: the rows that are drawn, JSON; they go into the specification.
        view: its mark and encoding, or its layers; what it says of `width` and `height` stands.
        title: what it shows; also what is read aloud of the picture.
        subtitle: what its reader must know beside: the unit, the period.
    """
    said: Chart = {"text": title} if subtitle is None else {"text": title, "subtitle": subtitle}
    return {
        "$schema": SCHEMA,
        "title": said,
        "description": title,
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": list(values)},
        **view,
        "config": CONFIG,
    }


def colour_scale(colours: Mapping[str, str]) -> Chart:
    """The scale of a colour channel: these things in this order, each with its colour."""
    return {"domain": list(colours), "range": list(colours.values())}


def beside(*charts: Chart, title: str) -> Chart:
    """Charts beside one another in one picture."""
    parts = [{key: part for key, part in chart.items() if key not in ("$schema", "config")} for chart in charts]
    return {"$schema": SCHEMA, "description": title, "hconcat": parts, "spacing": 40, "config": CONFIG}
